using Headroom.Oversubscription.Recommendations;
using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Tests;

public sealed class RecommendationTests
{
    [Fact]
    public void A_snapshot_makes_the_same_recommendation_again()
    {
        var inputs = MadeUpHost.Make();
        var recommendation = HostAdvisor.Recommend(inputs, TestContext.Current.CancellationToken);
        var zip = new RecommendationSnapshot(inputs, recommendation).ToZip();
        var read = RecommendationSnapshot.FromZip(new MemoryStream(zip));
        Assert.Null(read.Differs(TestContext.Current.CancellationToken));
        Assert.Equal(RecommendationSnapshot.Text(recommendation), RecommendationSnapshot.Text(read.Recommendation));
        Assert.Equal(zip, read.ToZip());
    }

    [Fact]
    public void A_snapshot_with_other_inputs_is_found_out()
    {
        var inputs = MadeUpHost.Make();
        var recommendation = HostAdvisor.Recommend(inputs, TestContext.Current.CancellationToken);
        var forged = new RecommendationSnapshot(inputs with { Settings = inputs.Settings with { Risk = 0.2 } }, recommendation);
        Assert.NotNull(forged.Differs(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_file_that_is_no_snapshot_is_refused_with_what_was_expected()
    {
        using var zip = new MemoryStream();
        using (var archive = new System.IO.Compression.ZipArchive(zip, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("other.json");
        }

        zip.Position = 0;
        var error = Assert.Throws<InvalidDataException>(() => RecommendationSnapshot.FromZip(zip));
        Assert.Contains("inputs.json", error.Message, StringComparison.Ordinal);
        Assert.Contains("other.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_snapshot_that_unpacks_without_end_or_has_an_entry_twice_is_refused()
    {
        using var bomb = Zip(("inputs.json", RecommendationSnapshot.MostBytes + 1));
        Assert.Contains($"at most {RecommendationSnapshot.MostBytes} bytes", Assert.Throws<InvalidDataException>(() => RecommendationSnapshot.FromZip(bomb)).Message, StringComparison.Ordinal);
        using var twice = Zip(("inputs.json", 1), ("inputs.json", 2));
        Assert.Contains("two parts named 'inputs.json'", Assert.Throws<InvalidDataException>(() => RecommendationSnapshot.FromZip(twice)).Message, StringComparison.Ordinal);
    }

    private static MemoryStream Zip(params (string Name, long Bytes)[] entries)
    {
        var file = new MemoryStream();
        using (var archive = new System.IO.Compression.ZipArchive(file, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using var stream = archive.CreateEntry(name, System.IO.Compression.CompressionLevel.Fastest).Open();
                stream.Write(new byte[bytes]);
            }
        }

        file.Position = 0;
        return file;
    }

    [Fact]
    public void A_cold_host_counts_as_its_promises_and_says_so()
    {
        var settings = RecommendationSettings.Default with { EarlyAfter = TimeSpan.FromHours(24) };
        var cold = HostAdvisor.Recommend(MadeUpHost.Make(windows: 200, settings: settings), TestContext.Current.CancellationToken);
        Assert.All(cold.Resources, advice =>
        {
            Assert.True(advice.IsCold);
            Assert.Equal(advice.Promised, advice.Advised);
            Assert.Equal(1, advice.SafeRatio);
            Assert.Contains(advice.Reasons, reason => reason.StartsWith("Cold", StringComparison.Ordinal));
            Assert.NotNull(advice.Forecast);
            Assert.Contains(advice.WouldChange, change => change.Contains("more of telemetry", StringComparison.Ordinal));
        });
    }

    [Theory]
    [InlineData(2, 5)]
    [InlineData(8, 2)]
    [InlineData(9.5, 1)]
    public void Advice_for_a_cold_host_does_not_outlive_its_coldness(double knownMinutes, double holdsMinutes)
    {
        var inputs = MadeUpHost.Make(windows: (int)(knownMinutes * 6)) with { WindowSeconds = 10 };
        var cold = HostAdvisor.Recommend(inputs, TestContext.Current.CancellationToken);
        Assert.All(cold.Resources, advice => Assert.True(advice.IsCold));
        Assert.Equal(TimeSpan.FromMinutes(holdsMinutes), cold.ExpiresAt - cold.MadeAt);
    }

    [Fact]
    public void A_host_known_for_hours_gets_a_number_with_a_margin_that_says_how_little_is_known()
    {
        var inputs = MadeUpHost.Make(windows: 100);
        var early = HostAdvisor.Recommend(inputs, TestContext.Current.CancellationToken);
        Assert.True(early.IsEarly);
        Assert.All(early.Resources, advice =>
        {
            var seen = Enumerable.Range(0, 100).Max(window => inputs.Resources.Single(past => past.Resource == advice.Resource).Workloads.Sum(workload => (double)workload.Used[window]));
            Assert.False(advice.IsCold);
            Assert.InRange(advice.EarlyMargin!.Value, 0.01, RecommendationSettings.Default.EarlyMargin);
            Assert.InRange(advice.Advised, Math.Min(seen * (1 + advice.EarlyMargin.Value), advice.Promised) - 1e-6, advice.Promised);
            Assert.True(advice.SafeRatio >= 1);
            Assert.Contains(advice.Reasons, reason => reason.StartsWith("8.3 h of history", StringComparison.Ordinal));
            Assert.Contains(advice.WouldChange, change => change.Contains("the margin is gone then", StringComparison.Ordinal));
            Assert.NotEmpty(advice.Forecast!.Backtest);
        });
        Assert.True(early.ExpiresAt - early.MadeAt < TimeSpan.FromHours(1));
    }

    [Fact]
    public void The_margin_of_early_advice_falls_as_the_past_grows_and_ends_with_the_cold_start()
    {
        double?[] margins = [.. new[] { 40, 80, 160, 280, 288, 600 }.Select(windows =>
            HostAdvisor.Recommend(MadeUpHost.Make(windows: windows), TestContext.Current.CancellationToken).For(Resource.Cpu).EarlyMargin)];
        Assert.Equal(margins.Take(4).OrderDescending(), margins.Take(4));
        Assert.All(margins.Take(4), margin => Assert.InRange(margin!.Value, 0, RecommendationSettings.Default.EarlyMargin));
        Assert.All(margins.Skip(4), Assert.Null);
    }

    [Fact]
    public void A_warm_host_is_told_how_much_more_it_may_promise_with_an_interval_and_a_backtest()
    {
        var warm = HostAdvisor.Recommend(MadeUpHost.Make(), TestContext.Current.CancellationToken);
        var cpu = warm.For(Resource.Cpu);
        Assert.False(cpu.IsCold);
        Assert.InRange(cpu.SafeRatio, 1.5, cpu.Promised / cpu.Used * 1.5);
        Assert.InRange(cpu.SafeRatio, cpu.SafeRatioLower!.Value, double.MaxValue);
        Assert.True(cpu.SafeRatioUpper >= cpu.SafeRatioLower);
        Assert.Equal(cpu.Capacity - cpu.Advised, cpu.Reclaimable, 9);
        Assert.Equal(9, cpu.Forecast!.Backtest.Count);
        Assert.Contains(cpu.Forecast.Backtest, line => line.Predictor == cpu.Forecast.Predictor && line.OnParetoLine);
        Assert.NotEmpty(cpu.Reasons);
        Assert.NotEmpty(cpu.WouldChange);
        Assert.Equal(TimeSpan.FromHours(1), warm.ExpiresAt - warm.MadeAt);
    }

    [Fact]
    public void Memory_is_never_advised_below_what_was_seen_since_an_out_of_memory_event()
    {
        var inputs = MadeUpHost.Make();
        var memory = inputs.Resources[1];
        var spiked = memory.Workloads[0] with { Used = [.. memory.Workloads[0].Used.Select((used, window) => window == 100 ? 3.9f : used)] };
        var past = memory with { Workloads = [spiked, .. memory.Workloads.Skip(1)], OutOfMemoryWindows = [101] };
        var advice = HostAdvisor.Recommend(inputs with { Resources = [inputs.Resources[0], past] }, TestContext.Current.CancellationToken).For(Resource.Memory);
        var seen = Enumerable.Range(100, inputs.Windows - 100).Max(window => past.Workloads.Sum(workload => (double)workload.Used[window]));
        Assert.True(advice.Advised >= seen, $"{advice.Advised} < {seen}");
        Assert.Contains(advice.Reasons, reason => reason.Contains("lack of memory", StringComparison.Ordinal));
    }

    [Fact]
    public void A_host_is_full_when_a_workload_falls_below_its_promise_even_if_its_cpu_is_not()
    {
        var inputs = MadeUpHost.Make() with
        {
            Promises = [new PerformancePromise("batch", 0.8, 0.7, 0.5), new PerformancePromise("vm-0", 0.7, 0.6, 0.9) { Upper = 0.8, Level = 0.9, Key = "vm/0", Model = "cloudformer/3" }],
        };
        var full = HostAdvisor.Recommend(inputs, TestContext.Current.CancellationToken);
        Assert.Equal("interference", full.BindingConstraint);
        Assert.Equal("The host is full: vm-0 is predicted to run at 70 % [60 %, 80 %; 90 % interval] of its speed alone, below the 90 % it was promised.", full.BindingReason);
        Assert.Equal(["vm-0", "batch"], full.Performance.Select(promise => promise.Workload));
        Assert.Contains(full.WouldChange, change => change.StartsWith("Moving vm-", StringComparison.Ordinal) && !change.StartsWith("Moving vm-0", StringComparison.Ordinal));
        Assert.Contains(full.WouldChange, change => change.Contains("at most 70 % instead of 90 %", StringComparison.Ordinal) && change.Contains("at most 60 %", StringComparison.Ordinal));
        Assert.Contains(full.Notes, note => note.StartsWith("1 of 2 predicted workloads", StringComparison.Ordinal));
        Assert.All(full.Resources, advice => Assert.Equal(0, advice.Reclaimable));
        Assert.All(full.Resources, advice => Assert.True(advice.SafeRatio <= advice.PresentRatio));
    }

    [Fact]
    public void A_full_host_adds_no_room_to_its_pool()
    {
        var inputs = MadeUpHost.Make();
        var open = HostAdvisor.Recommend(inputs, TestContext.Current.CancellationToken);
        var full = HostAdvisor.Recommend(inputs with { Promises = [new PerformancePromise("vm-0", 0.7, 0.6, 0.9)] }, TestContext.Current.CancellationToken);
        Assert.All(PoolAdvice.Of([open]).Zip(open.Resources), pair => Assert.Equal(pair.Second.SafeRatio, pair.First.SafeRatio!.Value, 9));
        Assert.All(PoolAdvice.Of([full]).Zip(full.Resources), pair => Assert.Equal((pair.Second.SafeRatio, 0), (pair.First.SafeRatio!.Value, pair.First.Reclaimable)));
    }

    [Fact]
    public void A_host_whose_workloads_keep_their_promises_is_held_by_its_resources_and_says_which_workload_is_closest()
    {
        var inputs = MadeUpHost.Make() with { Promises = [new PerformancePromise("database", 0.95, 0.85, 0.9), new PerformancePromise("batch", 0.8, 0.7, 0.5)] };
        var kept = HostAdvisor.Recommend(inputs, TestContext.Current.CancellationToken);
        var unguarded = HostAdvisor.Recommend(inputs with { Promises = [] }, TestContext.Current.CancellationToken);
        Assert.Equal(unguarded.BindingConstraint, kept.BindingConstraint);
        Assert.Equal(unguarded.Resources.Select(advice => advice.Reclaimable), kept.Resources.Select(advice => advice.Reclaimable));
        Assert.Contains(kept.Notes, note => note.Contains("the closest is database", StringComparison.Ordinal));
        Assert.Empty(kept.WouldChange);
    }

    [Fact]
    public void A_host_that_is_over_names_the_fewest_workloads_to_move_and_what_is_left()
    {
        var over = HostAdvisor.Recommend(MadeUpHost.Make(capacity: 4), TestContext.Current.CancellationToken);
        var cpu = over.For(Resource.Cpu);
        var moves = over.Moves.Where(move => move.Resource == Resource.Cpu).ToArray();
        Assert.True(cpu.Advised > cpu.Capacity);
        Assert.NotEmpty(moves);
        Assert.True(moves[^1].AdvisedAfter <= cpu.Capacity);
        Assert.All(moves[..^1], move => Assert.True(move.AdvisedAfter > cpu.Capacity));
    }

    [Fact]
    public void Workloads_without_a_limit_share_what_the_limits_leave()
    {
        var unlimited = HostAdvisor.Recommend(MadeUpHost.Make(limit: null), TestContext.Current.CancellationToken).For(Resource.Cpu);
        Assert.Equal(16, unlimited.Promised);
        Assert.Equal(1, unlimited.PresentRatio);
        Assert.True(unlimited.SafeRatio > 1);
    }

    [Fact]
    public void A_host_with_hardly_any_past_gets_advice_without_a_forecast()
    {
        var fresh = HostAdvisor.Recommend(MadeUpHost.Make(windows: 12), TestContext.Current.CancellationToken).For(Resource.Cpu);
        Assert.True(fresh.IsCold);
        Assert.Null(fresh.Forecast);
        Assert.Null(fresh.SafeRatioLower);
    }
}
