using System.Net;
using System.Net.Sockets;

namespace Headroom.Calibration.Probes.BuiltIn;

/// <summary>Questions and answers over a TCP connection on the loopback interface: needs the network stack and the scheduler.</summary>
internal sealed class NetworkProbe : BuiltInProbe
{
    private const int MessageBytes = 512;
    private const int Rounds = 20;

    public override string Name => "network";

    public override string Resource => "network";

    public override string Operation => $"question and answer of {MessageBytes} bytes over loopback TCP";

    protected override IProbeWorker CreateWorker(string folder, int index) => new Worker();

    private sealed class Worker : IProbeWorker
    {
        private readonly byte[] _question = new byte[MessageBytes];
        private readonly byte[] _answer = new byte[MessageBytes];
        private readonly Socket _client;
        private readonly Socket _server;
        private readonly Thread _answering;

        public Worker()
        {
            using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen(1);
            _client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            _client.Connect(listener.LocalEndPoint!);
            _server = listener.Accept();
            _server.NoDelay = true;
            _answering = new Thread(() => Answer(_server)) { IsBackground = true };
            _answering.Start();
        }

        public long Work()
        {
            for (var i = 0; i < Rounds; i++)
            {
                _client.Send(_question);
                Fill(_client, _answer);
            }

            return Rounds;
        }

        public void Dispose()
        {
            _client.Dispose();
            _answering.Join();
            _server.Dispose();
        }

        private static void Answer(Socket server)
        {
            var message = new byte[MessageBytes];
            while (Fill(server, message))
            {
                server.Send(message);
            }
        }

        private static bool Fill(Socket socket, byte[] message)
        {
            for (var read = 0; read < message.Length;)
            {
                var count = socket.Receive(message, read, message.Length - read, SocketFlags.None);
                if (count == 0)
                {
                    return false;
                }

                read += count;
            }

            return true;
        }
    }
}
