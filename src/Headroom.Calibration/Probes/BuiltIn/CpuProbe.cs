namespace Headroom.Calibration.Probes.BuiltIn;

/// <summary>Integer arithmetic in registers: needs a core and nothing else.</summary>
internal sealed class CpuProbe : BuiltInProbe
{
    public override string Name => "cpu";

    public override string Resource => "cpu";

    public override string Operation => "million steps of a random generator";

    protected override IProbeWorker CreateWorker(string folder, int index) => new Worker((ulong)index + 1);

    private sealed class Worker(ulong state) : IProbeWorker
    {
        private ulong _state = state;

        public long Work()
        {
            var state = _state;
            for (var i = 0; i < 1_000_000; i++)
            {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
            }

            _state = state;
            return 1;
        }

        public void Dispose()
        {
        }
    }
}
