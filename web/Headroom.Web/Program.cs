using Headroom.Web;

await using var host = WebHost.Build(args);
await host.RunAsync();
