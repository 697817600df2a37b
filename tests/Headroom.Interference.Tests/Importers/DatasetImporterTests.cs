using Headroom.Interference.Evaluation;
using Headroom.Interference.Importers;

namespace Headroom.Interference.Tests.Importers;

/// <summary>Small files of the public layouts, as their manifests describe them.</summary>
public sealed class DatasetImporterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("runs").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Nginx_runs_get_their_counters_in_time_order_and_keep_their_own_latency_out()
    {
        Write("runs.csv", "run_id,session,replicas,rps,stress_cpu_pods,stress_l3_pods,stress_membw_pods,lat_p99_ms,p99_base_session_ms,p99_base_all_ms,norm_perf_all,split", "a/1,a,2,500,0,0,0,0.2,0.2,0.2,1.0,train", "a/2,a,weighted_2_1,500,1,0,2,0.4,,0.2,0.5,holdout", "a/3,a,2,500,1,0,2,0.4,,0.2,0.5,holdout");
        Write("pcm.csv", "run_id,t_s,IPC,Core0_L3MISS", "a/1,5,2,4", "a/1,0,1,3", "a/2,0,7,");

        var set = RunImporters.Read(_folder);

        Assert.Equal(["a/1", "a/2"], set.Runs.Select(run => run.Id));
        Assert.Equal([1f, 2f], set.Runs[0].Frames.Select(frame => frame[0]));
        Assert.True(float.IsNaN(set.Runs[1].Frames[0][1]));
        Assert.Equal([3f, 2f, 500f], set.Runs[1].Context[..3]);
        Assert.True(set.Runs[0].IsSolo);
        Assert.Equal("cpu 1, l3 0, membw 2", set.Runs[1].Composition);
        Assert.DoesNotContain(set.Schema.Context, feature => feature.Name.StartsWith("lat_", StringComparison.Ordinal));
    }

    [Fact]
    public void A_held_out_file_without_split_and_optional_columns_is_read()
    {
        Write("runs.csv", "run_id,replicas,rps,stress_cpu_pods,stress_l3_pods,stress_membw_pods,norm_perf_all", "s/1,1,500,3,0,0,0.25");
        Write("pcm.csv", "run_id,t_s,IPC", "s/1,0,1");

        var run = Assert.Single(RunImporters.Read(_folder).Runs);

        Assert.Null(run.Split);
        Assert.Equal("s", run.Session);
        Assert.True(float.IsNaN(run.Context[4]));
        Assert.Equal(0.25, run.Label);
    }

    [Fact]
    public void A_pair_of_jobs_on_a_gpu_gives_a_run_for_each_with_the_sides_swapped()
    {
        Write("pairs.csv", "model1,dataset1,batch1,amp1,solo_speed1,solo_gpu_util1,solo_gmem_util1,solo_gmem_mib1,model2,dataset2,batch2,amp2,solo_speed2,solo_gpu_util2,solo_gmem_util2,solo_gmem_mib2,norm_speed1,norm_speed2,split", "A,x,32,0,100,40,20,2000,B,y,64,1,50,90,60,,0.9,0.4,val");

        var set = RunImporters.Read(_folder);

        Assert.Equal([0.9, 0.4], set.Runs.Select(run => run.Label!.Value));
        Assert.All(set.Runs, run => Assert.Equal("A + B", run.Composition));
        Assert.Equal(set.Runs[0].Frames[0][..6], set.Runs[1].Frames[0][6..]);
        Assert.Equal(6, set.Runs[0].Frames[0].Count(value => value is 40 or 20 or 2000 or 100 or 32 or 0));
    }

    [Fact]
    public void A_pair_that_did_not_run_is_no_run()
    {
        Write("pairs.csv", "gpu,model1,batch1,gpus1,solo_steps_per_s1,model2,batch2,gpus2,solo_steps_per_s2,norm_speed1,norm_speed2,no_throughput,split", "k80,A,16,1,4,B,32,1,7,0.5,0.4,0,train", "k80,A,16,1,4,C,32,1,7,,,1,train");

        Assert.Equal(2, RunImporters.Read(_folder).Runs.Count);
    }

    [Fact]
    public void Boot_times_are_seconds()
    {
        Write("boot.csv", "source,host,cores,alpha_s,beta_s,evm,wvm,ovm,ovm_excess,c1_evm,c2_evm,c3_evm,c4_evm,boot_time_s,split", "main,C1,4,2.8,7.7,1,0,0,0,1,0,0,0,10.1,train");

        var set = RunImporters.Read(_folder);

        Assert.Equal("s", set.Target.Unit);
        Assert.Equal(10.1, set.Runs[0].Label);
        Assert.False(set.Target.IsShare);
        Assert.Equal([2.8f, 7.7f, 4f, 1f], set.Runs[0].Frames[0][..4]);
    }

    [Fact]
    public void A_slowdown_becomes_a_share_of_the_undisturbed_performance()
    {
        Write("runs.csv", "exp,vm,start_node_s,app,param,co_web_serving,co_media_streaming,co_inmemory_analytics,co_data_serving,co_redis,co_total,split,slowdown", "e1,1,0,redis,18,0,4,0,0,0,4,train,2", "e1,1,9,redis,,0,4,0,0,0,4,train,0.9");

        Assert.Equal([0.5, 1.0], RunImporters.Read(_folder).Runs.Select(run => run.Label!.Value));
    }

    [Fact]
    public void A_cell_that_is_no_number_is_named_with_file_and_row()
    {
        Write("runs.csv", "run_id,replicas,rps,norm_perf_all", "s/1,many,500,0.2");
        Write("pcm.csv", "run_id,t_s,IPC", "s/1,0,1");

        Assert.Contains("'many'", Assert.Throws<InvalidDataException>(() => RunImporters.Read(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scoring_another_folder_leaves_its_compositions_out_of_training_whatever_its_marks()
    {
        var all = RunFactory.Set(60);
        var test = all.With(all.Runs.Where(run => run.Composition == "3 neighbours").Select(run => run with { Split = "whatever" }));

        var split = EvaluationData.Split(all, test, Protocol.Composition);

        Assert.DoesNotContain(split.Train.Runs, run => run.Composition == "3 neighbours");
        Assert.Equal(test.Runs.Count, split.Test.Runs.Count);
        Assert.Equal(test.Runs.Count, split.LeftOut);
    }

    private void Write(string name, params string[] lines) => File.WriteAllLines(Path.Combine(_folder, name), lines);
}
