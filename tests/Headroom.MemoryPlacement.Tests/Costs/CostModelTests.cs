using Headroom.MemoryPlacement.Costs;

namespace Headroom.MemoryPlacement.Tests.Costs;

public sealed class CostModelTests
{
    [Fact]
    public void Large_adam_steps_of_a_held_out_configuration_are_within_five_percent()
    {
        var held = CostTasks.Adam.CrossValidate(TierFolder.Adam(TierData.Folder()), 24, 1).Where(one => one.Row.Processes == 1).ToArray();
        Assert.All(held.Where(one => one.Row.Elements > 5e8), one => Assert.InRange(one.RelativeError(), 0, 0.05));
        Assert.All(held.Where(one => one.Row.Elements is > 2e7 and < 8e7), one => Assert.InRange(one.RelativeError(), 0, 0.20));
    }

    [Fact]
    public void Contended_copies_of_a_held_out_configuration_are_within_ten_percent_on_average()
    {
        var rows = TierFolder.Copies(TierData.Folder());
        var model = CopyModel.Fit(rows);
        var contended = CostTasks.Copies.CrossValidate(rows, int.MaxValue, 1).Where(one => model.IsContended(one.Row) && one.Row.Bytes >= 64 << 20).ToArray();
        Assert.NotEmpty(contended);
        Assert.InRange(contended.MapePercent(), 0, 10);
    }

    [Fact]
    public void Two_processes_cost_what_one_does_and_their_contention_on_held_out_configurations()
    {
        // Outside the domain of the five percent: measured series of the two models differ more. Held to what planning needs.
        var held = CostTasks.Adam.CrossValidate(TierFolder.Adam(TierData.Folder()), 24, 1).Where(one => one.Row is { Processes: 2, Elements: > 2e7 }).ToArray();
        Assert.InRange(held.MapePercent(), 0, 10);
        Assert.InRange(held.Where(one => one.Row.Elements > 5e8).Max(one => one.RelativeError()), 0, 0.2);
    }

    [Fact]
    public void A_card_is_as_busy_with_two_processes_as_with_one_and_dram_is_not()
    {
        var adam = CalibratedCosts.Default.Adam;
        double Added(double dram) => adam.Milliseconds(600e6, 2, dram, 1 - dram) - adam.Milliseconds(600e6, 1, dram, 1 - dram);
        Assert.Equal(adam.Contention(2).StreamingWaitMilliseconds, Added(0), 6);
        Assert.True(Added(1) > Added(0.5) && Added(0.5) > Added(0));
    }

    [Fact]
    public void Threads_on_a_memory_are_read_off_the_curve_of_their_neighbours()
    {
        AccessRow Row(double threads, double bandwidth, double access = 64) => new("machine", "local", "read", "random", access, threads, bandwidth);
        var model = AccessModel.Fit([Row(2, 20e9), Row(8, 80e9), Row(32, 100e9)]);
        Assert.Equal(40e9, model.BytesPerSecond(Row(4, 0)), 1);
        Assert.Equal(10e9, model.BytesPerSecond(Row(1, 0)), 1);
        Assert.Equal(100e9, model.BytesPerSecond(Row(64, 0, access: 128)), 1);
        Assert.Throws<MemoryInputException>(() => model.BytesPerSecond(Row(1, 0) with { Memory = "moon" }));
    }

    [Fact]
    public void Bandwidth_of_held_out_counts_of_threads_is_within_ten_percent_on_average() =>
        Assert.InRange(CostTasks.Accesses.CrossValidate(TierFolder.Accesses(TierData.Folder()), 24, 1).MapePercent(), 0, 10);

    [Fact]
    public void The_calibration_that_ships_is_the_one_the_data_gives()
    {
        var folder = TierData.Folder();
        var fitted = CalibratedCosts.Fit(TierFolder.Adam(folder), TierFolder.Copies(folder), 1, CalibratedCosts.Default.Source);
        Assert.Equal(fitted.Adam.Alone.CxlBytesPerSecond, CalibratedCosts.Default.Adam.Alone.CxlBytesPerSecond, 1e6);
        Assert.Equal(fitted.Copies.Curves[CopyDirection.GpuToHost].CardBytesPerSecond, CalibratedCosts.Default.Copies.Curves[CopyDirection.GpuToHost].CardBytesPerSecond, 1e6);
    }

    [Fact]
    public void Slow_memory_costs_about_four_times_beyond_the_caches_and_little_within()
    {
        var adam = CalibratedCosts.Default.Adam;
        double Penalty(double elements) => adam.Milliseconds(elements, 1, 0, 1) / adam.Milliseconds(elements, 1, 1, 0);
        Assert.InRange(Penalty(600e6), 3.8, 4.3);
        Assert.InRange(Penalty(5e6), 0.99, 1.3);
    }

    [Fact]
    public void Two_gpus_halve_each_other_on_one_card_but_not_in_dram()
    {
        var copies = CalibratedCosts.Default.Copies;
        const double size = 1L << 30;
        double Ratio(double cxl) => copies.Milliseconds(CopyDirection.HostToGpu, size, 2, cxl) / copies.Milliseconds(CopyDirection.HostToGpu, size, 1, cxl);
        Assert.Equal(1, Ratio(0), 6);
        Assert.InRange(Ratio(1), 1.9, 2.1);
    }

    [Fact]
    public void A_folder_without_a_file_has_no_rows_and_a_folder_that_is_none_says_so()
    {
        var empty = Directory.CreateTempSubdirectory();
        Assert.Empty(TierFolder.Adam(empty.FullName));
        empty.Delete();
        Assert.Throws<MemoryInputException>(() => TierFolder.Adam(empty.FullName));
    }
}
