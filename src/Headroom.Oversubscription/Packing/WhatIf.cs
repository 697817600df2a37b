using Headroom.Oversubscription.Recommendations;

namespace Headroom.Oversubscription.Packing;

/// <summary>A change that is thought through before it is made.</summary>
/// <param name="Count">New machines.</param>
/// <param name="Cores">Cores that each is promised.</param>
/// <param name="Gibibytes">GiB that each is promised.</param>
/// <param name="UsedShare">Share of that promise each is expected to use at most; 1 counts it in full, as for every machine without a past.</param>
/// <param name="DrainHostId">Host to empty, or null.</param>
/// <param name="Consolidate">Whether every workload may be moved to use fewer hosts.</param>
public sealed record WhatIfQuestion(int Count = 0, double Cores = 0, double Gibibytes = 0, double UsedShare = 1, int? DrainHostId = null, bool Consolidate = false)
{
    /// <summary>Most new machines in one question.</summary>
    public const int MostMachines = 10_000;

    /// <summary>More new machines, each with its own shape; null for none.</summary>
    public IReadOnlyList<MachineShape>? Machines { get; init; }

    /// <summary>Every new machine: the alike ones first, then the list.</summary>
    internal IEnumerable<MachineShape> New =>
        [.. Enumerable.Range(1, Count).Select(number => new MachineShape(FormattableString.Invariant($"new {number}"), Cores, Gibibytes, UsedShare)), .. Machines ?? []];
}

/// <summary>What would come of it.</summary>
/// <param name="Method">How the places were found.</param>
/// <param name="IsOptimal">Whether that is the best plan there is.</param>
/// <param name="Placed">Machines that have a place.</param>
/// <param name="Unplaced">Machines that have none.</param>
/// <param name="HostsBefore">Hosts that run something.</param>
/// <param name="HostsAfter">Hosts that would.</param>
/// <param name="Moves">Every machine with its new place; null where there is no room.</param>
/// <param name="Hosts">Every host before and after.</param>
public sealed record WhatIfAnswer(
    string Method, bool IsOptimal, int Placed, int Unplaced, int HostsBefore, int HostsAfter, IReadOnlyList<WhatIfMove> Moves, IReadOnlyList<WhatIfHost> Hosts);

/// <summary>One machine's new place.</summary>
public sealed record WhatIfMove(string Machine, string? From, string? To);

/// <summary>One host's highest joint use over a day, in cores and GiB, and what may be used.</summary>
public sealed record WhatIfHost(
    int HostId, string Host, double CoresBefore, double CoresAfter, double CoresLimit, double GibibytesBefore, double GibibytesAfter, double GibibytesLimit, bool IsCold);

/// <summary>Answers what-if questions from the inputs that the newest recommendations were made from.</summary>
public static class WhatIf
{
    /// <summary>Works out the answer. New machines go where they fit; nothing else moves unless it is asked for.</summary>
    /// <exception cref="ArgumentException">The question names a host that is not there, or a shape that is none.</exception>
    public static WhatIfAnswer Answer(IReadOnlyList<RecommendationSnapshot> hosts, WhatIfQuestion question, IPacker packer, CancellationToken cancellationToken)
    {
        Check(hosts, question);
        var views = hosts.Select(snapshot => new HostView(snapshot)).ToArray();
        var machines = new List<PackingMachine>();
        var bins = new List<PackingHost>();
        foreach (var view in views)
        {
            var leaves = question.Consolidate || view.HostId == question.DrainHostId;
            if (leaves)
            {
                machines.AddRange(view.Machines);
            }

            var staying = leaves ? view.System : view.All;
            var limit = view.HostId == question.DrainHostId ? view.System : view.Limit;
            bins.Add(new PackingHost(view.HostId, view.Name, limit, staying, leaves || view.Machines.Count == 0));
        }

        machines.AddRange(question.New.Select(machine => new PackingMachine(
            machine.Name, null, SlotUse.Flat(machine.Cores * machine.UsedShare, machine.Gibibytes * machine.UsedShare))));
        var problem = new PackingProblem(bins, machines);
        var plan = packer.Pack(problem, cancellationToken);
        var after = bins.Select(bin => bin.Staying).ToArray();
        foreach (var (machine, place) in plan.Places.Index())
        {
            if (place is { } host)
            {
                after[host] += machines[machine].Need;
            }
        }

        return new WhatIfAnswer(
            plan.Method,
            plan.IsOptimal,
            machines.Count - plan.Unplaced,
            plan.Unplaced,
            views.Count(view => view.Machines.Count > 0),
            plan.HostsUsed(problem),
            [.. machines.Zip(plan.Places, (machine, place) => new WhatIfMove(
                machine.Name, views.FirstOrDefault(view => view.HostId == machine.FromHostId)?.Name, place is { } host ? bins[host].Name : null))],
            [.. views.Zip(after, (view, use) => new WhatIfHost(
                view.HostId, view.Name, view.All.Cores.Max(), use.Cores.Max(), view.Limit.Cores.Max(), view.All.Gibibytes.Max(), use.Gibibytes.Max(), view.Limit.Gibibytes.Max(), view.IsCold))]);
    }

    private static void Check(IReadOnlyList<RecommendationSnapshot> hosts, WhatIfQuestion question)
    {
        var listed = question.Machines?.Count ?? 0;
        if (question.Count < 0 || question.Count > WhatIfQuestion.MostMachines - listed)
        {
            throw new ArgumentException(FormattableString.Invariant($"count: expected 0 to {WhatIfQuestion.MostMachines} new machines in all, got {question.Count} and a list of {listed}"));
        }

        if (question.New.FirstOrDefault(machine => !machine.IsOne) is { } wrong)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"machine '{wrong.Name}': expected cores and gibibytes above 0 and usedShare above 0 and at most 1, got {wrong.Cores}, {wrong.Gibibytes} and {wrong.UsedShare}"));
        }

        if (question.DrainHostId is { } drained && hosts.All(host => host.Inputs.HostId != drained))
        {
            throw new ArgumentException(FormattableString.Invariant($"drainHostId: expected a host with capacity advice, got {drained}"));
        }
    }
}
