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
        var zero = new Option<int>("--zero") { Description = "ZeRO stage without offload, 0 to 3 (default 3).", DefaultValueFactory = _ => 3 };
        var tensor = new Option<int>("--tensor-parallel") { Description = "GPUs that split every layer (default 1).", DefaultValueFactory = _ => 1 };
        var pipeline = new Option<int>("--pipeline-parallel") { Description = "GPUs that split the layers (default 1).", DefaultValueFactory = _ => 1 };
        var keep = new Option<bool>("--keep-activations") { Description = "Keep all activations instead of one per layer." };
        var json = CommandOptions.Json();
        var seed = CommandOptions.Seed();
        var command = new Command("memory", "Plan where the tensors of offloaded training live, and the step time against DRAM alone.") { model, machine, context, batch, gpus, optimizer, zero, tensor, pipeline, keep, json, seed };
        command.SetAction(result =>
        {
            try
            {
                var asked = result.GetValue(model)!;
                var shape = SampleModels.All.Contains(asked) ? SampleModels.Read(asked) : ModelConfigReader.ReadFile(asked);
                var spec = MachineReader.ReadFile(result.GetValue(machine)!);
                var run = new TrainingRun(
                    result.GetValue(batch), result.GetValue(context), result.GetValue(gpus) ?? spec.Gpu.Count, result.GetValue(optimizer), !result.GetValue(keep),
                    result.GetValue(zero), result.GetValue(tensor), result.GetValue(pipeline));
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
