using System.CommandLine;
using Headroom.Cli.Reporting;
using Headroom.MemoryPlacement;
using Headroom.MemoryPlacement.Tiers;

namespace Headroom.Cli.Commands.Memory;

/// <summary><c>headroom probe memory</c>: which memories this machine reports, what each of them does, and both as a machine file for <c>plan memory</c>.</summary>
internal static class ProbeMemory
{
    private const double Mebibyte = 1 << 20;

    public static Command Create()
    {
        var buffer = new Option<int>("--buffer-mib") { Description = "MiB of each of two buffers (default 512).", DefaultValueFactory = _ => 512 };
        var seconds = new Option<double>("--seconds") { Description = "Seconds for each of four measurements per NUMA node (default 1).", DefaultValueFactory = _ => 1 };
        var file = new Option<FileInfo?>("--out") { Description = "Write the machine to this file, as 'plan memory --machine' takes it." };
        var gpu = new Option<string?>("--gpu") { Description = $"GPU of the machine file where the driver tells none: {string.Join(", ", GpuCatalogue.All.Select(known => known.Model))}." };
        var gpus = new Option<int>("--gpus") { Description = "How many (default 1).", DefaultValueFactory = _ => 1 };
        var json = CommandOptions.Json();
        var seed = CommandOptions.Seed();
        var command = new Command("memory", "Measure read, write, copy and latency of every NUMA node of this machine, and write a machine file.") { buffer, seconds, file, gpu, gpus, json, seed };
        command.SetAction((result, cancellationToken) =>
        {
            try
            {
                if (result.GetValue(buffer) is < 1 or > 65_536 || result.GetValue(seconds) is not (> 0 and <= 60) || result.GetValue(gpus) is < 1 or > 64)
                {
                    throw new MemoryInputException($"expected 1 to 65536 MiB, up to 60 seconds and 1 to 64 GPUs, got {result.GetValue(buffer)} MiB, {result.GetValue(seconds)} s and {result.GetValue(gpus)}");
                }

                var memories = LinuxTopology.Read();
                var measured = Measure(memories, (long)(result.GetValue(buffer) * Mebibyte), result.GetValue(seconds), result.GetValue(seed), cancellationToken);
                var chosen = result.GetValue(gpu) is { } name ? GpuCatalogue.Named(name, result.GetValue(gpus)) : InstalledGpus.Read();
                if (result.GetValue(file) is { } target)
                {
                    Save(target, memories, measured, chosen);
                }

                ReportWriter.Write(ProbeReport.Make(memories, measured, chosen, result.GetValue(seed)), result.GetValue(json));
                return Task.FromResult(0);
            }
            catch (Exception error) when (error is MemoryInputException or IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine($"headroom probe memory: {error.Message}");
                return Task.FromResult(1);
            }
        });
        return command;
    }

    /// <summary>Every node with memory, one after the other; where the kernel binds nothing, the first node stands for where its buffers lay.</summary>
    private static Dictionary<string, ProbedMemory> Measure(IReadOnlyList<ReportedMemory> memories, long bytes, double seconds, int seed, CancellationToken cancellationToken)
    {
        var measured = new Dictionary<string, ProbedMemory>();
        foreach (var memory in memories.Where(memory => memory.NumaNode is not null))
        {
            var probed = MemoryProbe.Run(memory.NumaNode, bytes, seconds, seed, cancellationToken);
            if (probed.IsBound || measured.Count == 0)
            {
                measured[memory.Name] = probed;
            }
        }

        return measured;
    }

    private static void Save(FileInfo file, IReadOnlyList<ReportedMemory> memories, Dictionary<string, ProbedMemory> measured, GpuSpec? gpu)
    {
        var known = gpu ?? throw new MemoryInputException($"a machine file needs a GPU; the driver tells none that is known, so name one with --gpu: {string.Join(", ", GpuCatalogue.All.Select(one => one.Model))}");
        File.WriteAllText(file.FullName, MachineReader.Write(ReportedMachine.Of(Environment.MachineName, memories, known, measured)) + "\n");
    }
}
