namespace Headroom.Calibration.Probes.BuiltIn;

/// <summary>Opens, reads and closes a small kernel file: needs the kernel's file paths.</summary>
internal sealed class SyscallProbe : BuiltInProbe
{
    private const int Rounds = 50;

    public override string Name => "syscalls";

    public override string Resource => "kernel";

    public override string Operation => "open, read and close of a file in /proc";

    protected override IProbeWorker CreateWorker(string folder, int index) => new Worker();

    private sealed class Worker : IProbeWorker
    {
        private readonly byte[] _content = new byte[256];

        public long Work()
        {
            for (var i = 0; i < Rounds; i++)
            {
                using var file = File.OpenHandle("/proc/loadavg");
                RandomAccess.Read(file, _content, 0);
            }

            return Rounds;
        }

        public void Dispose()
        {
        }
    }
}
