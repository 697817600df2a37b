namespace Headroom.Oversubscription.Power.Rows;

/// <summary>Progress of runs side by side as one number: the mean of theirs.</summary>
internal sealed class SharedProgress(int parts, IProgress<double>? whole)
{
    private readonly double[] _shares = new double[parts];
    private readonly Lock _lock = new();

    public IProgress<double> Part(int index) => new PartProgress(this, index);

    private void Report(int index, double value)
    {
        lock (_lock)
        {
            _shares[index] = value;
            whole?.Report(_shares.Average());
        }
    }

    private sealed class PartProgress(SharedProgress owner, int index) : IProgress<double>
    {
        public void Report(double value) => owner.Report(index, value);
    }
}
