using YamlDotNet.RepresentationModel;

namespace Headroom.Architecture.Tests.Deployment;

public sealed class ComposeTests
{
    private static readonly YamlMappingNode File = Yaml.Read("docker-compose.yml")[0];

    private static readonly IReadOnlyList<(string Key, YamlNode Value)> Services = [.. File.At("services").Entries()];

    [Fact]
    public void It_starts_database_migration_web_worker_and_agent() =>
        Assert.Equal(["agent", "migrate", "postgres", "web", "worker"], Services.Select(service => service.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_image_of_ours_is_built_from_a_dockerfile_and_a_stage_that_exist()
    {
        foreach (var (name, service) in Services.Where(service => service.Value.At("build") is not null))
        {
            var dockerfile = Path.Combine(Repository.Root, service.At("build", "dockerfile").Text());
            Assert.True(System.IO.File.Exists(dockerfile), $"{name}: {dockerfile} is missing");
            if (service.At("build", "target").Text() is { Length: > 0 } stage)
            {
                Assert.Contains($" AS {stage}", System.IO.File.ReadAllText(dockerfile), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void No_service_keeps_a_right_that_it_does_not_need()
    {
        foreach (var (name, service) in Services.Where(service => service.Key != "postgres"))
        {
            Assert.Equal(["ALL"], service.At("cap_drop").Items().Select(item => item.Text()));
            Assert.Equal("true", service.At("read_only").Text());
            Assert.Contains("no-new-privileges:true", service.At("security_opt").Items().Select(item => item.Text()));
            Assert.True(name == "agent" || service.At("cap_add") is null, $"{name} asks for capabilities");
        }
    }

    [Fact]
    public void The_server_listens_where_others_reach_it_and_asks_them_to_sign_in()
    {
        // Any other way to name the address loses to the one in appsettings.json, which is the loopback address.
        Assert.Contains("ENV Urls=http://+:8080", System.IO.File.ReadAllLines(Path.Combine(Repository.Root, Service("web").At("build", "dockerfile").Text())));
        Assert.EndsWith(":8080", Service("web").At("ports").Items().Single().Text(), StringComparison.Ordinal);
        Assert.Equal("SignIn", Service("web").At("environment", "Headroom__Access").Text());
    }

    [Fact]
    public void Secrets_come_from_files_that_are_declared_and_never_from_the_environment()
    {
        var declared = File.At("secrets").Entries().Select(secret => secret.Key).ToHashSet();
        foreach (var (name, service) in Services)
        {
            Assert.Subset(declared, service.At("secrets").Items().Select(item => item.Text()).ToHashSet());
            Assert.DoesNotContain(service.At("environment").Entries(), setting =>
                (setting.Key.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase) || setting.Key.Contains("ConnectionStrings", StringComparison.Ordinal)) && !setting.Key.EndsWith("_FILE", StringComparison.Ordinal));
        }

        Assert.All(File.At("secrets").Entries(), secret => Assert.StartsWith("./.secrets/", secret.Value.At("file").Text(), StringComparison.Ordinal));
        Assert.Contains(".secrets/", System.IO.File.ReadAllLines(Path.Combine(Repository.Root, ".gitignore")));
    }

    [Fact]
    public void Nothing_starts_before_what_it_needs_is_healthy()
    {
        Assert.Equal("service_healthy", Service("migrate").At("depends_on", "postgres", "condition").Text());
        Assert.Equal("service_completed_successfully", Service("web").At("depends_on", "migrate", "condition").Text());
        Assert.Equal("service_completed_successfully", Service("worker").At("depends_on", "migrate", "condition").Text());
        Assert.Equal("service_healthy", Service("agent").At("depends_on", "web", "condition").Text());
        Assert.NotNull(Service("postgres").At("healthcheck"));
        Assert.Contains("HEALTHCHECK", System.IO.File.ReadAllText(Path.Combine(Repository.Root, Service("web").At("build", "dockerfile").Text())), StringComparison.Ordinal);
    }

    [Fact]
    public void The_files_that_dockerfiles_copy_from_the_checkout_exist_and_no_server_runs_as_root()
    {
        foreach (var dockerfile in Services.Select(service => service.Value.At("build", "dockerfile").Text()).Where(path => path.Length > 0).Distinct())
        {
            var lines = System.IO.File.ReadAllLines(Path.Combine(Repository.Root, dockerfile));
            foreach (var line in lines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from=", StringComparison.Ordinal)))
            {
                Assert.True(Path.Exists(Path.Combine(Repository.Root, line.Split(' ')[1])), $"{dockerfile}: {line}");
            }

            Assert.Contains(lines, line => line == (dockerfile.Contains("Headroom.Agent", StringComparison.Ordinal) ? "USER root" : "USER $APP_UID"));
        }
    }

    private static YamlNode Service(string name) => Services.Single(service => service.Key == name).Value;
}
