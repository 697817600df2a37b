using System.Diagnostics;
using System.Globalization;
using Headroom.Oversubscription.Power.Limits;
using Headroom.Oversubscription.Power.Polca;

namespace Headroom.Oversubscription.Tests.Power;

/// <summary>The writers of limits on a made-up powercap folder and a made-up NVIDIA library: nothing of this machine is touched.</summary>
public sealed class LimiterTests : IDisposable
{
    private const long Found = 150_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-limits").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Packages_are_limited_in_proportion_to_a_servers_power_and_get_their_limit_back()
    {
        var (first, second) = (Zone("intel-rapl:0", "package-0"), Zone("intel-rapl:1", "package-1"));
        var memory = Zone("intel-rapl:0:0", "dram");
        using (var limiter = RaplLimiter.TryOpen(_folder, out _)!)
        {
            var written = limiter.Apply(1110 / 1410.0);
            var expected = (long)Math.Round(Found * ClockPower.Remaining(1110 / 1410.0));
            Assert.Equal([expected, expected, Found], [Limit(first), Limit(second), Limit(memory)]);
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"package-0 limited to {expected / 1e6:0.#} W"), written, StringComparison.Ordinal);
            limiter.Apply(1);
            Assert.Equal(Found, Limit(first));
            limiter.Apply(0.5);
        }

        Assert.Equal([Found, Found], [Limit(first), Limit(second)]);
    }

    [Fact]
    public void A_limit_that_cannot_be_written_is_said_so()
    {
        var package = Zone("intel-rapl:0", "package-0");
        using var limiter = RaplLimiter.TryOpen(_folder, out _)!;
        File.Delete(package);
        Directory.CreateDirectory(package);
        Assert.StartsWith("package-0 not limited: ", limiter.Apply(0.9), StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_without_packages_or_driver_says_what_is_missing()
    {
        Assert.Null(RaplLimiter.TryOpen(Path.Combine(_folder, "none"), out var noRapl));
        Assert.Contains("no CPU package", noRapl, StringComparison.Ordinal);
        Assert.Null(NvmlLimiter.TryOpen("libnot-there.so.1", out var noNvml));
        Assert.Contains("no NVIDIA driver", noNvml, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clock_of_nothing_is_refused()
    {
        Zone("intel-rapl:0", "package-0");
        using var limiter = RaplLimiter.TryOpen(_folder, out _)!;
        Assert.Throws<ArgumentOutOfRangeException>(() => limiter.Apply(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => limiter.Apply(1.1));
    }

    [Fact]
    public void Gpus_are_locked_to_a_share_of_their_own_clock_and_freed_at_the_end()
    {
        var (library, log) = CompileLibrary();
        using (var limiter = NvmlLimiter.TryOpen(library, out var reason))
        {
            Assert.True(limiter is not null, reason);
            Assert.Equal("gpu 0 locked to at most 1485 MHz; gpu 1 not locked: only root may", limiter.Apply(0.75));
            Assert.StartsWith("gpu 0 free", limiter.Apply(1), StringComparison.Ordinal);
            limiter.Apply(0.5);
        }

        Assert.Equal(["lock 0 1485", "lock 1 1485", "free 0", "free 1", "lock 0 990", "lock 1 990", "free 0", "free 1"], File.ReadAllLines(log));
    }

    private static long Limit(string path) => long.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture);

    private string Zone(string zone, string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, zone)).FullName;
        File.WriteAllText(Path.Combine(folder, "name"), $"{name}\n");
        var limit = Path.Combine(folder, "constraint_0_power_limit_uw");
        File.WriteAllText(limit, $"{Found}\n");
        return limit;
    }

    // A stand-in for the driver's library with two GPUs of 1980 MHz, the second of which belongs to root; it writes down what it is told.
    private (string Library, string Log) CompileLibrary()
    {
        var (source, library, log) = (Path.Combine(_folder, "nvml.c"), Path.Combine(_folder, "libnvml-made-up.so"), Path.Combine(_folder, "calls"));
        File.WriteAllText(source, $$"""
            #include <stdio.h>
            static void note(const char *what, long device, int mhz) {
                FILE *file = fopen("{{log}}", "a");
                mhz ? fprintf(file, "%s %ld %d\n", what, device, mhz) : fprintf(file, "%s %ld\n", what, device);
                fclose(file);
            }
            int nvmlInit_v2(void) { return 0; }
            int nvmlShutdown(void) { return 0; }
            int nvmlDeviceGetCount_v2(unsigned *count) { *count = 2; return 0; }
            int nvmlDeviceGetHandleByIndex_v2(unsigned index, void **device) { *device = (void *)(long)index; return 0; }
            int nvmlDeviceGetMaxClockInfo(void *device, int type, unsigned *mhz) { *mhz = 1980; return type == 1 ? 0 : 2; }
            int nvmlDeviceSetGpuLockedClocks(void *device, unsigned least, unsigned most) { note("lock", (long)device, most); return (long)device == 1 ? 4 : 0; }
            int nvmlDeviceResetGpuLockedClocks(void *device) { note("free", (long)device, 0); return 0; }
            """);
        try
        {
            using var compiler = Process.Start(new ProcessStartInfo("gcc", ["-shared", "-fPIC", "-o", library, source]) { RedirectStandardError = true })!;
            var complaints = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            Assert.True(compiler.ExitCode == 0, complaints);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("gcc is not installed: the stand-in for NVIDIA's library cannot be built");
        }

        return (library, log);
    }
}
