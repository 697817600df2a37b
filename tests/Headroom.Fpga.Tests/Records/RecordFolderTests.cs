using Headroom.Fpga.Evaluation;
using Headroom.Fpga.Records;
using Headroom.Fpga.Surrogates.Champion;

namespace Headroom.Fpga.Tests.Records;

public sealed class RecordFolderTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("headroom-fpga-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_folder_without_records_says_what_was_expected()
    {
        var error = Assert.Throws<InvalidDataException>(() => RecordFolder.Read(folder.FullName));
        Assert.Contains("dense1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_cut_off_in_the_middle_is_named()
    {
        File.WriteAllText(Path.Combine(folder.FullName, "samples.jsonl"), """{"sample_id":"a","layers":[""");
        Assert.Contains("record 1", Assert.Throws<InvalidDataException>(() => RecordFolder.Read(folder.FullName)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reuse_factors_a_record_states_are_held_against_the_rule()
    {
        File.WriteAllText(Path.Combine(folder.FullName, "samples.jsonl"), """
            {"meta_data": {"uuid": "u"}, "model_config": [
              {"class_name": "InputLayer", "input_shape": [[null, 16]], "output_shape": [[null, 16]], "reuse_factor": 7},
              {"class_name": "QDense", "input_shape": [null, 16], "output_shape": [null, 8], "neurons": 8, "reuse_factor": 8},
              {"class_name": "QDense", "input_shape": [null, 8], "output_shape": [null, 8], "neurons": 8, "reuse_factor": 5}],
             "hls_config": {"Model": {"Precision": "fixed<16,6>", "ReuseFactor": 7, "Strategy": "Resource"}}, "target_part": "xcu250-figd2104-2L-e"}
            """);
        var hit = RuleHits.Count(RecordFolder.Read(folder.FullName)).Single(rule => rule.Rule.StartsWith("reuse", StringComparison.Ordinal));
        Assert.Equal((2, 1), (hit.Count, hit.Exact));
    }

    [Fact]
    public void The_champion_learns_from_train_rows_and_scores_the_others_with_exact_dsp_counts()
    {
        File.WriteAllLines(
            Path.Combine(folder.FullName, "designs.csv"),
            ["n_layers,arch,n_in,h1,h2,n_out,bits,reuse_factor,strategy,target_clock_ns,latency_min_cycles,bram_18k,dsp,ff,lut,split", .. Rows()]);
        var (train, scored) = FpgaEvaluation.Split(RecordFolder.Read(folder.FullName), null);
        Assert.DoesNotContain(train, record => scored.Any(other => other.SplitGroup == record.SplitGroup));
        var scores = FpgaEvaluation.Scores("champion", ChampionModel.Train(train, 1, TestContext.Current.CancellationToken), scored);
        Assert.Equal(0, scores.Single(score => score.Target == Target.Dsp && score.Group == FpgaEvaluation.AllGroups).SmapePercent);
        Assert.True(scores.Single(score => score.Target == Target.Lut && score.Group == FpgaEvaluation.AllGroups).SmapePercent < 20);
    }

    // 8 x h x 16 networks at reuse 8: 8-bit multipliers are DSP blocks, LUT grows with the widths.
    private static IEnumerable<string> Rows() =>
        from hidden in Enumerable.Range(1, 12).Select(step => step * 8)
        from bits in new[] { 4, 8, 16 }
        let dsp = bits >= 8 ? hidden + (hidden * 2) : 0
        select FormattableString.Invariant($"2,8-{hidden}-16,8,{hidden},,16,{bits},8,resource,5,19,1,{dsp},{(hidden * 20) + 100},{(hidden * (30 + bits)) + 500},{(hidden % 32 == 0 ? "val" : "train")}");
}
