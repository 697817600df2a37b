namespace Headroom.Calibration.Probes.BuiltIn;

/// <summary>Follows a random cycle through a table, each step waiting for the one before: needs the cache, or memory latency when the table is larger.</summary>
internal sealed class PointerChaseProbe(string name, string resource, int bytes) : BuiltInProbe
{
    private const int Steps = 20_000;
    private const int IntsPerLine = 64 / sizeof(int);

    public override string Name => name;

    public override string Resource => resource;

    public override string Operation => $"{Steps} dependent reads in {bytes / (1024 * 1024)} MiB";

    protected override IProbeWorker CreateWorker(string folder, int index) => new Worker(bytes / sizeof(int), index);

    private sealed class Worker : IProbeWorker
    {
        private readonly int[] _next;
        private int _at;

        public Worker(int length, int index)
        {
            // One cycle through all cache lines (Sattolo's shuffle), so that no step can be predicted.
            _next = new int[length];
            int[] lines = [.. Enumerable.Range(0, length / IntsPerLine)];
            var random = new Random(index);
            for (var i = lines.Length - 1; i > 0; i--)
            {
                var j = random.Next(i);
                (lines[i], lines[j]) = (lines[j], lines[i]);
            }

            for (var i = 0; i < lines.Length; i++)
            {
                _next[i * IntsPerLine] = lines[i] * IntsPerLine;
            }
        }

        public long Work()
        {
            var at = _at;
            for (var i = 0; i < Steps; i++)
            {
                at = _next[at];
            }

            _at = at;
            return 1;
        }

        public void Dispose()
        {
        }
    }
}
