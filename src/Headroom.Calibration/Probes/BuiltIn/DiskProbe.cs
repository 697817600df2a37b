namespace Headroom.Calibration.Probes.BuiltIn;

/// <summary>Writes blocks and waits until the disk has them: needs the disk's write path.</summary>
internal sealed class DiskProbe : BuiltInProbe
{
    private const int BlockBytes = 16 * 1024;
    private const long FileBytes = 64L * 1024 * 1024;

    public override string Name => "disk";

    public override string Resource => "disk";

    public override string Operation => "16 KiB written and flushed to the disk";

    protected override IProbeWorker CreateWorker(string folder, int index) => new Worker(Path.Combine(folder, $"disk-probe-{Environment.ProcessId}-{index}.tmp"));

    private sealed class Worker : IProbeWorker
    {
        private readonly FileStream _file;
        private readonly byte[] _block = new byte[BlockBytes];

        public Worker(string path)
        {
            _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            new Random(1).NextBytes(_block);
        }

        public long Work()
        {
            if (_file.Position >= FileBytes)
            {
                _file.Position = 0;
            }

            _file.Write(_block);
            _file.Flush(flushToDisk: true);
            return 1;
        }

        public void Dispose() => _file.Dispose();
    }
}
