using System.Globalization;
using System.Text;

namespace Headroom.Testing;

/// <summary>A folder of labelled runs in the layout of interference-nginx-marla whose performance falls with the pressure of the neighbours.</summary>
public static class MadeUpRuns
{
    /// <summary>Writes runs.csv and pcm.csv.</summary>
    /// <param name="folder">Where; is made.</param>
    /// <param name="runs">How many.</param>
    /// <param name="seed">Seed of the noise.</param>
    public static void Write(string folder, int runs, int seed = 1)
    {
        Directory.CreateDirectory(folder);
        var random = new Random(seed);
        var table = new StringBuilder("run_id,session,replicas,rps,stress_cpu_pods,stress_l3_pods,stress_membw_pods,p99_base_session_ms,p99_base_all_ms,norm_perf_all\n");
        var counters = new StringBuilder("run_id,t_s,Core1_L3MISS,Core1_IPC,READ\n");
        for (var run = 0; run < runs; run++)
        {
            // One run in five is undisturbed; the others meet one of 26 mixes.
            var mix = run % 5 == 0 ? 0 : 1 + random.Next(26);
            var (cpu, cache, bandwidth) = (mix % 3, mix / 3 % 3, mix / 9);
            var load = 1_000 * (1 + random.Next(3));
            var performance = Math.Clamp(1 - (0.1 * cpu) - (0.15 * cache * (load / 3_000.0)) - (0.12 * bandwidth) + (0.02 * (random.NextDouble() - 0.5)), 0.05, 1.05);
            table.AppendLine(string.Create(CultureInfo.InvariantCulture, $"s/{run},s,2,{load},{cpu},{cache},{bandwidth},0.14,0.14,{performance:F4}"));
            for (var step = 0; step < 3; step++)
            {
                counters.AppendLine(string.Create(
                    CultureInfo.InvariantCulture, $"s/{run},{step},{1 + cache + (0.2 * random.NextDouble()):F4},{2 - (0.3 * cpu) + (0.1 * random.NextDouble()):F4},{1 + (3 * bandwidth) + random.NextDouble():F4}"));
            }
        }

        File.WriteAllText(Path.Combine(folder, "runs.csv"), table.ToString());
        File.WriteAllText(Path.Combine(folder, "pcm.csv"), counters.ToString());
    }
}
