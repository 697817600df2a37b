using Headroom.Learning.Data;
using Headroom.Learning.Metrics;
using Headroom.Oversubscription.Power.Models;

namespace Headroom.Oversubscription.Tests.Power;

public sealed class PowerModelTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-power").FullName;
    private readonly SpecPowerQuestion _question = new(calibrated: false);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Rows_marked_train_are_fitted_and_all_others_are_scored()
    {
        var path = MadeUpServers.Write(_folder, 12, server => server < 8 ? "train" : "holdout");
        var (train, scored) = PowerEvaluation.Split(_question, path, null, null)!.Value;
        Assert.Equal((8 * 11, 4 * 11), (train.Count, scored.Count));
    }

    [Fact]
    public void A_file_without_a_split_is_scored_whole_against_another_that_trains()
    {
        var hidden = MadeUpServers.Write(Directory.CreateDirectory(Path.Combine(_folder, "hidden")).FullName, 3, _ => null, seed: 2);
        var path = MadeUpServers.Write(_folder, 12, _ => "train");
        var (train, scored) = PowerEvaluation.Split(_question, path, null, hidden)!.Value;
        Assert.Equal(3 * 11, scored.Count);

        // The made-up CPUs of both files share names: a CPU that is scored is never fitted.
        Assert.Equal(9 * 11, train.Count);
    }

    [Fact]
    public void A_folder_without_any_table_of_the_layout_is_no_set()
    {
        File.WriteAllText(Path.Combine(_folder, "other.csv"), "a,b\n1,2\n");
        Assert.Null(PowerEvaluation.Split(_question, _folder, null, null));
    }

    [Fact]
    public void Nothing_to_score_is_said_with_the_path()
    {
        var path = MadeUpServers.Write(_folder, 4, _ => "train");
        var error = Assert.Throws<InvalidDataException>(() => PowerEvaluation.Split(_question, path, null, null));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_blend_learns_the_law_of_made_up_servers_and_its_interval_covers_them()
    {
        var path = MadeUpServers.Write(_folder, 80, server => server < 60 ? "train" : "val");
        var (train, scored) = PowerEvaluation.Split(_question, path, null, null)!.Value;
        var model = _question.Ours.FitBlend(train, 1, PowerEvaluation.Level, TestContext.Current.CancellationToken);
        var (predicted, intervals) = model.PredictWithin(scored.Features);
        Assert.Equal(model.Predict(scored.Features), predicted);
        Assert.True(RegressionMetrics.Of(scored.Targets, predicted).SmapePercent < 8);
        Assert.Equal(1, model.Weights.Sum(), 9);
        Assert.True(intervals.Zip(scored.Targets, (interval, truth) => interval.Contains(truth) ? 1.0 : 0).Average() > 0.8);
    }

    [Fact]
    public void Nothing_that_only_a_run_can_tell_is_known_before_it()
    {
        var path = Path.Combine(_folder, "configs.csv");
        File.WriteAllText(path, """
            task,model_id,architecture,total_params_billions,activated_params_billions,weight_precision,gpu_model,num_gpus,tensor_parallel,expert_parallel,data_parallel,avg_power_watts,batch_size,image_height,image_width,inference_steps,max_num_seqs,num_frames,ring_degree,ulysses_degree,video_height,video_width,output_throughput_tokens_per_sec,energy_per_token_joules
            gpqa,m,MoE,30,3,fp8,H100,2,2,1,1,900,,,,,64,,,,,,5000,0.18

            """);
        var set = new MlEnergyQuestion().Read(CsvTable.Read(path));
        Assert.DoesNotContain(set.Rows.Features[0], value => value is 5000f or 0.18f or 900f);
        Assert.Equal(900, set.Rows.Targets[0]);
    }

    [Fact]
    public void Earlier_counters_never_reach_across_a_block()
    {
        var path = Path.Combine(_folder, "nx12.csv");
        const string Zeros = "0,0,0,0,0,0,0,0,0";
        File.WriteAllText(path, $"""
            t_unix,bpf_cpu_time_us,cache_miss,cpu_cycles,cpu_instructions,cgroupfs_cpu_usage_us,cgroupfs_memory_usage_bytes,cgroupfs_system_cpu_usage_us,cgroupfs_user_cpu_usage_us,kubelet_cpu_usage,kubelet_memory_bytes,bpf_block_irq,bpf_net_rx_irq,bpf_net_tx_irq,platform_power_w
            297,1,1,11,1,{Zeros},200
            300,1,1,12,1,{Zeros},200
            303,1,1,13,1,{Zeros},200

            """);
        var set = new KeplerQuestion().Read(CsvTable.Read(path));
        var before = set.Rows.Columns.ToList().IndexOf("cpu_cycles_3s_ago");
        Assert.Equal([float.NaN, float.NaN, 12f], set.Rows.Features.Select(row => row[before]));
    }
}
