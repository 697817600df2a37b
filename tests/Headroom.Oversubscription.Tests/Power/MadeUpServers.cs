using System.Globalization;

namespace Headroom.Oversubscription.Tests.Power;

/// <summary>A file of the SPECpower layout whose power follows a known law of chips, TDP and load.</summary>
internal static class MadeUpServers
{
    public static string Write(string folder, int servers, Func<int, string?> split, int seed = 1)
    {
        var random = new Random(seed);
        var hasSplit = split(0) is not null;
        var lines = new List<string>
        {
            "system,vendor,cpu,cpu_make,cpu_family,architecture,cores,threads,chips,freq_mhz,turbo_ghz,l2_kb,l3_kb,tdp_w,mem_gb,psu_count,psu_rating_w,availability_year,turbo_enabled,power_w_idle,power_w_10,power_w_20,power_w_30,power_w_40,power_w_50,power_w_60,power_w_70,power_w_80,power_w_90,power_w_100"
                + (hasSplit ? ",split" : ""),
        };
        for (var server = 0; server < servers; server++)
        {
            var (chips, tdp) = (1 << random.Next(3), 80 + (10 * random.Next(12)));
            var full = 1.2 * chips * tdp * (1 + (0.05 * random.NextDouble()));
            var levels = Enumerable.Range(0, 11).Select(level => (full * (0.25 + (0.75 * Math.Pow(level / 10.0, 1.2)))).ToString("F1", CultureInfo.InvariantCulture));
            lines.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"s{server},v,cpu {server},intel,xeon,skylake,{chips * 16},{chips * 32},{chips},2500,,1024,,{tdp},64,1,1000,2019,,{string.Join(',', levels)}{(hasSplit ? $",{split(server)}" : "")}"));
        }

        var path = Path.Combine(folder, "servers.csv");
        File.WriteAllLines(path, lines);
        return path;
    }
}
