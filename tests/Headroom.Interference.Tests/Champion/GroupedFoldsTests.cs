using Headroom.Interference.Champion;
using Headroom.Interference.Runs;

namespace Headroom.Interference.Tests.Champion;

public sealed class GroupedFoldsTests
{
    private readonly RunSet _set = RunFactory.Set(120);

    [Fact]
    public void A_new_application_is_left_out_with_its_undisturbed_runs()
    {
        var folds = GroupedFolds.Of(_set, run => run.Application, _ => false, 12, 1);

        Assert.Equal(4, folds.Count);
        Assert.All(folds, fold =>
        {
            var trained = fold.Train.Select(row => _set.Runs[row].Application).ToHashSet();
            Assert.All(fold.Test, row => Assert.DoesNotContain(_set.Runs[row].Application, trained));
        });
        Assert.Contains(folds.SelectMany(fold => fold.Test), row => _set.Runs[row].IsSolo);
        Assert.Equal(Enumerable.Range(0, 120), folds.SelectMany(fold => fold.Test).Order());
    }

    [Fact]
    public void Undisturbed_runs_always_train_where_only_the_mix_is_new()
    {
        var folds = GroupedFolds.Of(_set, run => run.Composition, run => run.IsSolo, 12, 1);

        Assert.All(folds, fold => Assert.Equal(20, fold.Train.Count(row => _set.Runs[row].IsSolo)));
        Assert.DoesNotContain(folds.SelectMany(fold => fold.Test), row => _set.Runs[row].IsSolo);
    }

    [Fact]
    public void A_champion_for_new_applications_compares_nothing_with_runs_alone()
    {
        Assert.Null(new ChampionModel(Novelty.Application).Fit(_set, 1, TestContext.Current.CancellationToken).Features.Solo);
        Assert.NotNull(new ChampionModel().Fit(_set, 1, TestContext.Current.CancellationToken).Features.Solo);
    }
}
