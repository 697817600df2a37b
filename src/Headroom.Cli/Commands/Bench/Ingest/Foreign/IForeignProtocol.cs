namespace Headroom.Cli.Commands.Bench.Ingest.Foreign;

/// <summary>A protocol that senders other than our agent speak.</summary>
internal interface IForeignProtocol
{
    /// <summary>Name of its figure.</summary>
    string Name { get; }

    /// <summary>How it travels, for the table.</summary>
    string How { get; }

    /// <summary>One second of some machines as a request body, as a sender of the protocol groups them.</summary>
    byte[] Encode(IReadOnlyList<SimulatedMachine> machines, DateTimeOffset at);

    /// <summary>A request with a body; the sender's key is added by the caller.</summary>
    HttpRequestMessage Request(byte[] body);
}
