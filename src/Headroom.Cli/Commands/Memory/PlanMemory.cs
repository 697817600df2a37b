using System.CommandLine;
using Headroom.Cli.Reporting;
using Headroom.MemoryPlacement;
using Headroom.MemoryPlacement.Footprints;
using Headroom.MemoryPlacement.Planning;
using Headroom.MemoryPlacement.Tiers;

namespace Headroom.Cli.Commands.Memory;

/// <summary><c>headroom plan memory</c>: where every tensor of a training run lives on a machine.</summary>
internal static class PlanMemory
{
    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = $"A model's config.json, or one of {string.Join(", ", SampleModels.All)}.", Required = true };
        var machine = new Option<string>("--machine") { Description = "A machine file (see docs/memory.md), for example as 'probe memory' writes it.", Required = true };
        var context = new Option<long>("--context") { Description = "Tokens of one sequence (default 32768).", DefaultValueFactory = _ => 32_768 };
        var batch = new Option<int>("--batch") { Description = "Sequences per GPU and step (default 1).", DefaultValueFactory = _ => 1 };
        var gpus = new Option<int?>("--gpus") { Description = "GPUs used (default: all of the machine)." };
        var optimizer = new Option<Optimizer>("--optimizer") { Description = "Adam, Lion or Adam8Bit (default Adam)." };
        var json = CommandOptions.Json();
        var seed = CommandOptions.Seed();
        var command = new Command("memory", "Plan where the tensors of offloaded training live, and the step time against DRAM alone.") { model, machine, context, batch, gpus, optimizer, json, seed };
        command.SetAction(result =>
        {
            try
            {
                var asked = result.GetValue(model)!;
                var shape = SampleModels.All.Contains(asked) ? SampleModels.Read(asked) : ModelConfigReader.ReadFile(asked);
                var spec = MachineReader.ReadFile(result.GetValue(machine)!);
                var run = new TrainingRun(result.GetValue(batch), result.GetValue(context), result.GetValue(gpus) ?? spec.Gpu.Count, result.GetValue(optimizer));
                ReportWriter.Write(PlanReport.Make(PlacementPlanner.Default.Plan(shape, run, spec), result.GetValue(seed)), result.GetValue(json));
                return 0;
            }
            catch (MemoryInputException error)
            {
                Console.Error.WriteLine($"headroom plan memory: {error.Message}");
                return 1;
            }
        });
        return command;
    }
}
