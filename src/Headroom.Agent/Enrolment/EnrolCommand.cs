using System.CommandLine;
using System.Net.Http.Json;
using Headroom.Agent.Commands;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Wire;

namespace Headroom.Agent.Enrolment;

/// <summary><c>enrol</c>: turns a token into this agent's key.</summary>
internal static class EnrolCommand
{
    public static Command Create()
    {
        var server = new Option<string>("--server") { Description = "Address of the Headroom server.", Required = true };
        var token = new Option<string?>("--token") { Description = "Token that an administrator made." };
        var tokenFile = new Option<FileInfo?>("--token-file") { Description = "File that holds the token, for example a mounted secret." };
        var ifNeeded = new Option<bool>("--if-needed") { Description = "Do nothing when this machine has a key already." };
        return AgentCommand.Create("enrol", "Become an agent of a server.", [server, token, tokenFile, ifNeeded], async (parsed, options, _, cancellationToken) =>
        {
            var keys = new AgentKeyFile(options.DataFolder);
            if (parsed.GetValue(ifNeeded) && keys.Read() is { } known)
            {
                Console.WriteLine($"enrolled before as {known.AgentId}");
                return 0;
            }

            var secret = parsed.GetValue(token) ?? (parsed.GetValue(tokenFile) is { } file ? (await File.ReadAllTextAsync(file.FullName, cancellationToken)).Trim()
                : throw new ArgumentException("expected --token or --token-file, got neither"));
            if (!Uri.TryCreate(parsed.GetValue(server), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            {
                throw new ArgumentException($"--server: expected an http or https address, got '{parsed.GetValue(server)}'");
            }

            var idFile = Path.Combine(options.Root, "etc/machine-id");
            var machineId = File.Exists(idFile) ? (await File.ReadAllTextAsync(idFile, cancellationToken)).Trim() : null;
            var request = new EnrolRequest(
                secret,
                options.HostName ?? Environment.MachineName,
                machineId,
                typeof(EnrolCommand).Assembly.GetName().Version?.ToString(3) ?? "0.0.0",
                MetricCatalogue.Current.Version);
            using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(options.Sending.TimeoutSeconds) };
            try
            {
                using var response = await http.PostAsJsonAsync(new Uri(address, IngestContract.EnrolPath), request, WireJson.Default.EnrolRequest, cancellationToken);
                if (!response.IsSuccessStatusCode)
                {
                    throw new IOException($"{address} answered {(int)response.StatusCode} {response.ReasonPhrase}: is the token unused and not expired?");
                }

                var enrolled = await response.Content.ReadFromJsonAsync(WireJson.Default.EnrolResponse, cancellationToken)
                    ?? throw new IOException($"{address} answered without a key");
                keys.Write(new AgentKey(address.ToString(), enrolled.AgentId, enrolled.Key));
                Console.WriteLine($"enrolled as {enrolled.AgentId}");
                return 0;
            }
            catch (HttpRequestException unreachable)
            {
                throw new IOException($"{address} cannot be reached: {unreachable.Message}", unreachable);
            }
        });
    }
}
