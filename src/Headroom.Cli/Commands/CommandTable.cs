using System.CommandLine;
using Headroom.Cli.Commands.Calibrate;
using Headroom.Cli.Commands.Oversubscription;
using Headroom.Cli.Commands.Up;

namespace Headroom.Cli.Commands;

/// <summary>Every command of the program, one line each. A verb shared by several features collects their subcommands.</summary>
internal static class CommandTable
{
    private static readonly IReadOnlyList<Command> Benches =
    [
        Bench.AgentBench.Create(),
        Bench.FpgaBench.Create(),
        Bench.Ingest.IngestBench.Create(),
        Bench.Storage.StorageBench.Create(),
        Bench.Storage.QueryBench.Create(),
        Bench.InterferenceBench.Create(),
        Bench.Load.LoadBench.Create(),
    ];

    private static readonly IReadOnlyList<Command> Evaluate =
    [
        Fpga.EvaluateFpga.Create(),
        Interference.EvaluateInterference.Create(),
        Memory.EvaluateMemory.Create(),
        Interference.EvaluateDrift.Create(),
        Power.EvaluatePower.Create(),
    ];

    private static readonly IReadOnlyList<Command> PowerCommands =
    [
        Power.SimulateRow.Create(),
    ];

    private static readonly IReadOnlyList<Command> FpgaCommands =
    [
        Fpga.PredictFpga.Create(),
        Fpga.SubmitFpga.Create(),
    ];

    private static readonly IReadOnlyList<Command> Train =
    [
        Fpga.TrainFpga.Create(),
        Interference.TrainInterference.Create(),
        Interference.TrainGpuPairs.Create(),
    ];

    private static readonly IReadOnlyList<Command> RetrainCommands =
    [
        Retrain.RetrainInterference.Create(),
    ];

    private static readonly IReadOnlyList<Command> Plan =
    [
        Memory.PlanMemory.Create(),
    ];

    private static readonly IReadOnlyList<Command> Probe =
    [
        Memory.ProbeMemory.Create(),
    ];

    private static readonly IReadOnlyList<Command> Documents =
    [
        Docs.MetricsDocs.Create(),
        Docs.ModelDocs.Create(),
        Docs.OpenApiDocs.Create(),
        Docs.SettingsDocs.Create(),
    ];

    private static readonly IReadOnlyList<Command> Single =
    [
        UpCommand.Create(),
        People.InviteCommand.Create(),
        BacktestCommand.Create(),
        ReplayCommand.Create(),
        CalibrateCommand.Create(),
        Demo.DemoCommand.Create(),
        Backups.BackupCommand.Create(),
        Backups.RestoreCommand.Create(),
    ];

    public static IEnumerable<Command> All() =>
    [
        .. Single,
        .. Verb("evaluate", "Score the models of a feature on a data set, beside their rivals.", Evaluate),
        .. Verb("power", "How many servers a row's power carries, and who holds it.", PowerCommands),
        .. Verb("fpga", "Work with FPGA designs and the field's benchmark.", FpgaCommands),
        .. Verb("train", "Train the model of a feature on data sets and write the model file.", Train),
        .. Verb("retrain", "Train a challenger, judge it, let it answer and take it back.", RetrainCommands),
        .. Verb("plan", "Plan where something goes and what it costs.", Plan),
        .. Verb("probe", "Measure this machine, in bounded time.", Probe),
        .. Verb("bench", "Measure speed and size as ratios against a rival or a limit in the same run.", Benches),
        .. Verb("docs", "Write the generated pages of the documentation.", Documents),
    ];

    private static IEnumerable<Command> Verb(string name, string description, IReadOnlyList<Command> subcommands)
    {
        if (subcommands.Count == 0)
        {
            yield break;
        }

        var verb = new Command(name, description);
        foreach (var subcommand in subcommands)
        {
            verb.Subcommands.Add(subcommand);
        }

        yield return verb;
    }
}
