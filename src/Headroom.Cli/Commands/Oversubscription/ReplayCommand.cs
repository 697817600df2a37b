using System.CommandLine;
using Headroom.Cli.Reporting;
using Headroom.Oversubscription.Recommendations;

namespace Headroom.Cli.Commands.Oversubscription;

/// <summary><c>headroom replay</c>: makes a recommendation again from its snapshot, and says whether it is the same.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "ZIP file of a recommendation, from the page Capacity or GET /api/v1/recommendations/{id}/snapshot." };
        var json = CommandOptions.Json();
        var command = new Command("replay", "Make a recommendation again from its snapshot.") { file, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            try
            {
                using var stream = parsed.GetValue(file)!.OpenRead();
                var snapshot = RecommendationSnapshot.FromZip(stream);
                var again = snapshot.Differs(cancellationToken);
                ReportWriter.Write(Report(snapshot, again), parsed.GetValue(json));
                Console.Error.WriteLine(again is null ? "The same recommendation." : "Another recommendation: this program does not answer as the one that made the snapshot.");
                return Task.FromResult(again is null ? 0 : 1);
            }
            catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine($"headroom replay: {error.Message}");
                return Task.FromResult(1);
            }
        });
        return command;
    }

    private static Report Report(RecommendationSnapshot snapshot, Recommendation? again)
    {
        var recommendation = again ?? snapshot.Recommendation;
        return new Report(
            "replay",
            Machine.Read(),
            snapshot.Inputs.Settings.Seed,
            [
                new Figure("replay.same", again is null ? 1 : 0, "1"),
                .. recommendation.Resources.SelectMany(advice => new[]
                {
                    new Figure($"{advice.Resource.ToString().ToLowerInvariant()}.safe_ratio", advice.SafeRatio, "1"),
                    new Figure($"{advice.Resource.ToString().ToLowerInvariant()}.reclaimable", advice.Reclaimable, advice.Resource == Headroom.Oversubscription.Traces.Resource.Cpu ? "{cpu}" : "GiBy"),
                }),
            ],
            [
                new Table("recommendation", ["what", "value"],
                [
                    ["host", recommendation.Host],
                    ["made", recommendation.MadeAt.ToString("O")],
                    ["expires", recommendation.ExpiresAt.ToString("O")],
                    ["model", recommendation.Model],
                    ["binding", recommendation.BindingReason],
                    .. recommendation.Resources.SelectMany(advice => advice.Reasons.Select(reason => (IReadOnlyList<object?>)[$"why, {advice.Resource}", reason])),
                    .. recommendation.Resources.SelectMany(advice => advice.WouldChange.Select(change => (IReadOnlyList<object?>)[$"would change {advice.Resource}", change])),
                    .. recommendation.Moves.Select(move => (IReadOnlyList<object?>)["move away", move.Workload]),
                    .. recommendation.Notes.Select(note => (IReadOnlyList<object?>)["note", note]),
                ]),
            ]);
    }
}
