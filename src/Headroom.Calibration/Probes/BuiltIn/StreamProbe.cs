using System.Numerics.Tensors;

namespace Headroom.Calibration.Probes.BuiltIn;

/// <summary>Adds long arrays, as in the STREAM benchmark: needs memory bandwidth.</summary>
internal sealed class StreamProbe : BuiltInProbe
{
    private const int Length = 8 * 1024 * 1024;
    private const int Part = 512 * 1024;

    public override string Name => "stream";

    public override string Resource => "memory";

    public override string Operation => "MiB moved by an addition of arrays of 32 MiB";

    protected override IProbeWorker CreateWorker(string folder, int index) => new Worker();

    private sealed class Worker : IProbeWorker
    {
        private readonly float[] _a = Filled(1);
        private readonly float[] _b = Filled(2);
        private readonly float[] _sum = Filled(0);
        private int _at;

        public long Work()
        {
            TensorPrimitives.Add(_a.AsSpan(_at, Part), _b.AsSpan(_at, Part), _sum.AsSpan(_at, Part));
            _at = (_at + Part) % Length;
            return 3L * Part * sizeof(float) / (1024 * 1024);
        }

        public void Dispose()
        {
        }

        private static float[] Filled(float value)
        {
            var array = new float[Length];
            Array.Fill(array, value);
            return array;
        }
    }
}
