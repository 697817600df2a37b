using System.Text.RegularExpressions;

namespace Headroom.Calibration.Probes;

/// <summary>Every application a campaign may run, one line each; those whose tools are missing are left out of a campaign.</summary>
public static class ApplicationTable
{
    private const string PostgresFolder = "$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)";

    /// <summary>The applications.</summary>
    /// <param name="headroom">The program that runs the built-in probes as <c>headroom calibrate probe NAME</c>.</param>
    public static IReadOnlyList<Application> All(string headroom) =>
    [
        .. BuiltInProbes.All.Select(probe => new Application(
            probe.Name, probe.Resource, "1/s", [], $"exec '{headroom}' calibrate probe {probe.Name} --threads {{threads}} --folder '{{folder}}'", Expression(@"^rate ([\d.]+)"))),
        new("sysbench-cpu", "cpu", "1/s", ["sysbench"],
            "exec sysbench cpu --threads={threads} --time=0 --report-interval=1 run", Expression(@"eps: ([\d.]+)")),
        new("sysbench-memory", "memory", "MiBy/s", ["sysbench"],
            "exec sysbench memory --threads={threads} --memory-block-size=1M --memory-total-size=100000T --time=0 --report-interval=1 run", Expression(@"\] ([\d.]+) MiB/sec")),
        new("redis", "network and cache", "1/s", ["redis-server", "redis-benchmark"],
            "while :; do redis-benchmark -p {port} -t get,set -r 100000 -d 256 -n 20000 -c 8 --threads {threads} -q; done", Expression(@"([\d.]+) requests per second"),
            "redis-server --port {port} --bind 127.0.0.1 --save '' --dir '{folder}' --daemonize yes >/dev/null && sleep 0.3"),
        new("pgbench", "disk and cpu", "1/s", ["pgbench", "runuser"],
            "exec runuser -u postgres -- pgbench -h '{folder}' -p {port} -n -P 1 -T 100000 -c {threads} -j {threads} bench 2>&1", Expression(@"progress: .*? ([\d.]+) tps"),
            $"b={PostgresFolder}; chown postgres '{{folder}}'; cd '{{folder}}'; runuser -u postgres -- $b/initdb -D db -A trust -N >/dev/null && "
            + "runuser -u postgres -- $b/pg_ctl -D db -w -o \"-p {port} -k {folder} -c listen_addresses= -c fsync=on -c shared_buffers=64MB\" -l log start >/dev/null && "
            + "runuser -u postgres -- createdb -h '{folder}' -p {port} bench && runuser -u postgres -- pgbench -h '{folder}' -p {port} -i -q -s 3 bench >/dev/null 2>&1"),
        new("nginx", "network", "1/s", ["nginx", "wrk"],
            "while :; do wrk -t 1 -c $((8 * {threads})) -d 1s http://127.0.0.1:{port}/page; done", Expression(@"Requests/sec:\s+([\d.]+)"),
            "head -c 8192 /dev/zero > '{folder}/page'; printf 'user root; events {} http { access_log off; server { listen 127.0.0.1:{port}; root {folder}; } }' > '{folder}/nginx.conf'; nginx -p '{folder}' -e '{folder}/error.log' -g 'daemon on; pid {folder}/nginx.pid; error_log {folder}/error.log;' -c '{folder}/nginx.conf'"),
        new("fio", "disk", "1/s", ["fio"],
            "while :; do fio --name=probe --filename='{folder}/fio.dat' --size=64M --rw=randrw --bs=4k --ioengine=psync --direct=1 --numjobs={threads} --group_reporting --time_based --runtime=1 --minimal; done",
            Expression(@"^3;fio(?:[^;]*;){6}([\d.]+);")),
        new("stress-cache", "cache", "", ["stress-ng"], "exec stress-ng --quiet --cache {threads}", null),
        new("stress-vm", "memory", "", ["stress-ng"], "exec stress-ng --quiet --vm {threads} --vm-bytes 256M --vm-keep", null),
        new("stress-switch", "scheduler", "", ["stress-ng"], "exec stress-ng --quiet --switch {threads}", null),
        new("stress-disk", "disk", "", ["stress-ng"], "exec stress-ng --quiet --hdd {threads} --hdd-bytes 64M --temp-path '{folder}'", null),
        new("stress-pipe", "kernel", "", ["stress-ng"], "exec stress-ng --quiet --pipe {threads}", null),
    ];

    private static Regex Expression(string pattern) => new(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
