namespace Headroom.Fpga.Parsing;

/// <summary>A model or configuration that cannot be used; the message says what was expected, where, and what came.</summary>
public sealed class NetworkFormatException : Exception
{
    public NetworkFormatException(string message)
        : base(message)
    {
    }

    public NetworkFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public NetworkFormatException()
    {
    }

    /// <summary>A layer nobody knows, named with its place.</summary>
    internal static NetworkFormatException Unsupported(string place, string what) =>
        new($"{place}: {what} is not supported. Supported are dense, convolutions (1D, 2D, depthwise, separable), LSTM, GRU, pooling, batch normalisation, activations, flatten, reshape, padding, up-sampling, add and concatenate.");
}
