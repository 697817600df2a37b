using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Headroom.Jobs.Tests.Alerts;

/// <summary>As much of a mail server as one letter needs.</summary>
internal sealed class SmtpReceiver : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public SmtpReceiver() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    /// <summary>Takes one letter: the commands that came before it, and its lines.</summary>
    public async Task<(IReadOnlyList<string> Commands, string Letter)> TakeAsync(CancellationToken cancellationToken)
    {
        using var client = await _listener.AcceptTcpClientAsync(cancellationToken);
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        var (commands, letter) = (new List<string>(), new StringBuilder());
        await writer.WriteLineAsync("220 test");
        while (await reader.ReadLineAsync(cancellationToken) is { } command)
        {
            commands.Add(command);
            switch (command.Split(' ')[0].ToUpperInvariant())
            {
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    while (await reader.ReadLineAsync(cancellationToken) is { } line && line != ".")
                    {
                        letter.Append(line).Append('\n');
                    }

                    await writer.WriteLineAsync("250 taken");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return (commands, letter.ToString());
                default:
                    await writer.WriteLineAsync("250 fine");
                    break;
            }
        }

        return (commands, letter.ToString());
    }
}
