using Headroom.Storage.Model;
using MudBlazor;

namespace Headroom.Web.Shell;

/// <summary>One page in the navigation.</summary>
/// <param name="Task">What the person is about to do; entries of the same task stand together.</param>
/// <param name="Title">Name of the page.</param>
/// <param name="Path">Where it is; it is marked as current for every address that begins with it.</param>
/// <param name="Icon">SVG of the icon.</param>
/// <param name="Hint">One sentence: what the page answers.</param>
/// <param name="Least">Who sees it: this role and higher ones.</param>
internal sealed record NavigationEntry(string Task, string Title, string Path, string Icon, string Hint, PersonRole Least = PersonRole.Viewer);

/// <summary>The pages that exist, in the order they are shown. A feature adds one line.</summary>
internal static class Navigation
{
    private const string Observe = "Observe";
    private const string Decide = "Decide";
    private const string Operate = "Operate";
    private const string Settings = "Settings";

    /// <summary>Title of the page whose entry carries the number of firing alerts.</summary>
    public const string Alerts = "Alerts";

    public static IReadOnlyList<NavigationEntry> Entries { get; } =
    [
        new(Observe, "Fleet", "/fleet", Icons.Material.Outlined.Dns, "Every host, its pressure and its gaps, live"),
        new(Observe, "Agents", "/agents", Icons.Material.Outlined.Sensors, "Who sends, how late, and who may"),
        new(Observe, "System", "/system", Icons.Material.Outlined.MonitorHeart, "How this server itself is doing"),
        new(Observe, "Metrics", "/catalogue", Icons.Material.Outlined.MenuBook, "What every number means and where it is read"),
        new(Decide, "Capacity", "/capacity", Icons.Material.Outlined.Balance, "How much more every host can carry, and why"),
        new(Decide, "Interference", "/interference", Icons.Material.Outlined.GroupWork, "Who hurts whom on every host, and why"),
        new(Decide, "Trust", "/trust", Icons.Material.Outlined.FactCheck, "Whether the predictions held: coverage, error, interval width"),
        new(Decide, "Backtest lab", "/backtests", Icons.Material.Outlined.Science, "Every rule tried on a trace's own past"),
        new(Decide, "Memory", "/memory", Icons.Material.Outlined.Memory, "Where tensors live in DRAM, CXL and storage, and what it costs"),
        new(Decide, "FPGA", "/fpga", Icons.Material.Outlined.Memory, "What a network costs on an FPGA before it is synthesised"),
        new(Decide, "Power", "/power", Icons.Material.Outlined.Bolt, "How many servers a row's power carries, and who holds it"),
        new(Operate, Alerts, "/alerts", Icons.Material.Outlined.NotificationsActive, "What fires, what fired, who is told, and when"),
        new(Operate, "Models", "/models", Icons.Material.Outlined.ModelTraining, "Which version answers, how good it is, and who decided"),
        new(Operate, "Jobs", "/jobs", Icons.Material.Outlined.PendingActions, "Long work that runs, waits or has ended"),
        new(Settings, "People", "/settings/people", Icons.Material.Outlined.Group, "Who may do what, and who did what", PersonRole.Administrator),
    ];

    /// <summary>The entries that a role sees by task, tasks in the order of their first entry.</summary>
    public static IEnumerable<IGrouping<string, NavigationEntry>> ByTask(PersonRole? role) => Entries.Where(entry => role >= entry.Least).GroupBy(entry => entry.Task);
}
