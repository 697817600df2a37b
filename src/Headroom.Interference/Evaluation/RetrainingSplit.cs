using System.Security.Cryptography;
using System.Text;
using Headroom.Interference.Runs;

namespace Headroom.Interference.Evaluation;

/// <summary>
/// What a retraining may learn from, what it is judged on, and what it answers in the shadow of the champion. The hold-out is frozen: whether a mix of
/// neighbours belongs to it follows from its name, so no later campaign moves it to the training side.
/// </summary>
/// <param name="Train">Runs to learn from, undisturbed ones among them.</param>
/// <param name="HoldOut">Labelled runs of mixes that never train.</param>
/// <param name="Shadow">The newest labelled runs of the other mixes, as the traffic both models answer.</param>
public sealed record RetrainingSplit(RunSet Train, RunSet HoldOut, RunSet Shadow)
{
    /// <summary>Share of the mixes in the hold-out.</summary>
    public const double HoldOutShare = 0.25;

    /// <summary>Share of the disturbed runs, the newest ones, in the shadow.</summary>
    public const double ShadowShare = 0.25;

    /// <param name="data">Runs in the order in which they were made. Marks of the set decide what is held out where it has them.</param>
    public static RetrainingSplit Of(RunSet data)
    {
        data = data.Labelled();
        var marked = data.Runs.Any(run => run.Split == "train") && data.Runs.Any(run => run.Split is not (null or "train"));
        var isHeldOut = marked ? (Func<InterferenceRun, bool>)(run => run.Split != "train") : run => !run.IsSolo && IsHeldOut(run.Composition);
        var disturbed = data.Runs.Where(run => !isHeldOut(run) && !run.IsSolo).ToArray();
        var shadow = disturbed.Skip(disturbed.Length - (int)(disturbed.Length * ShadowShare)).ToHashSet();
        return new RetrainingSplit(
            data.With(data.Runs.Where(run => !isHeldOut(run) && !shadow.Contains(run))),
            data.With(data.Runs.Where(isHeldOut)),
            data.With(data.Runs.Where(shadow.Contains)));
    }

    /// <summary>Whether a mix of neighbours is for judging only.</summary>
    public static bool IsHeldOut(string composition) =>
        BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(composition))) < HoldOutShare * uint.MaxValue;
}
