using System.Numerics.Tensors;

namespace Headroom.Calibration.Probes.BuiltIn;

/// <summary>Dense matrix products that fit the second-level cache: needs the vector units.</summary>
internal sealed class FloatProbe : BuiltInProbe
{
    private const int Size = 128;

    public override string Name => "matrix";

    public override string Resource => "cpu";

    public override string Operation => $"product of two {Size} x {Size} matrices";

    protected override IProbeWorker CreateWorker(string folder, int index) => new Worker(index);

    private sealed class Worker : IProbeWorker
    {
        private readonly float[] _left = new float[Size * Size];
        private readonly float[] _right = new float[Size * Size];
        private readonly float[] _product = new float[Size * Size];

        public Worker(int index)
        {
            var random = new Random(index);
            foreach (var matrix in new[] { _left, _right })
            {
                for (var i = 0; i < matrix.Length; i++)
                {
                    matrix[i] = random.NextSingle();
                }
            }
        }

        public long Work()
        {
            for (var row = 0; row < Size; row++)
            {
                for (var column = 0; column < Size; column++)
                {
                    _product[(row * Size) + column] = TensorPrimitives.Dot(_left.AsSpan(row * Size, Size), _right.AsSpan(column * Size, Size));
                }
            }

            return 1;
        }

        public void Dispose()
        {
        }
    }
}
