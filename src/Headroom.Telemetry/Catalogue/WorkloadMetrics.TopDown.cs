namespace Headroom.Telemetry.Catalogue;

internal static partial class WorkloadMetrics
{
    private static MetricDefinition[] TopDown() =>
    [
        Share("topdown.retiring", "topdown-retiring; topdown-slots-retired", "Share of issue slots that did useful work."),
        Share("topdown.bad_speculation", "topdown-bad-spec; topdown-slots-issued, topdown-recovery-bubbles", "Share of issue slots lost to work thrown away."),
        Share("topdown.frontend_bound", "topdown-fe-bound; topdown-fetch-bubbles", "Share of issue slots the front end could not fill."),
        Share("topdown.backend_bound", "topdown-be-bound; the rest of the slots", "Share of issue slots that waited for units or data."),
        Share("topdown.heavy_operations", "topdown-heavy-ops", "Retiring: share spent on instructions of many micro-operations."),
        Share("topdown.light_operations", "retiring less heavy operations", "Retiring: share spent on simple instructions."),
        Share("topdown.branch_mispredicts", "topdown-br-mispredict", "Bad speculation: share lost to wrong branches."),
        Share("topdown.machine_clears", "bad speculation less branch mispredicts", "Bad speculation: share lost to pipeline clears."),
        Share("topdown.fetch_latency", "topdown-fetch-lat", "Front end: share lost to fetches that came late."),
        Share("topdown.fetch_bandwidth", "front-end bound less fetch latency", "Front end: share lost to fetches that were too narrow."),
        Share("topdown.memory_bound", "topdown-mem-bound", "Back end: share that waited for loads and stores."),
        Share("topdown.core_bound", "back-end bound less memory bound", "Back end: share that waited for execution units."),
    ];

    private static MetricDefinition Share(string name, string source, string description) =>
        Gauge(TopDownGroup, name, "1", OpenCall + source, description);
}
