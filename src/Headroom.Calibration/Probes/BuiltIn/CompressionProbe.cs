using System.IO.Compression;

namespace Headroom.Calibration.Probes.BuiltIn;

/// <summary>Compresses made-up log text: a mix of branches, cache and memory as real services have it.</summary>
internal sealed class CompressionProbe : BuiltInProbe
{
    private const int TextBytes = 128 * 1024;

    public override string Name => "compress";

    public override string Resource => "cpu and cache";

    public override string Operation => "128 KiB of text compressed with Brotli";

    protected override IProbeWorker CreateWorker(string folder, int index) => new Worker(index);

    private sealed class Worker : IProbeWorker
    {
        private readonly byte[] _text = new byte[TextBytes];
        private readonly byte[] _compressed = new byte[BrotliEncoder.GetMaxCompressedLength(TextBytes)];

        public Worker(int index)
        {
            var random = new Random(index);
            ReadOnlySpan<byte> letters = "etaoin shrdlu,.0123456789:-ETA\n"u8;
            for (var i = 0; i < _text.Length; i++)
            {
                // Repeats of what came a little earlier make it as compressible as text.
                _text[i] = i > 64 && random.Next(3) > 0 ? _text[i - 40] : letters[random.Next(letters.Length)];
            }
        }

        public long Work()
        {
            BrotliEncoder.TryCompress(_text, _compressed, out _, quality: 4, window: 18);
            return 1;
        }

        public void Dispose()
        {
        }
    }
}
