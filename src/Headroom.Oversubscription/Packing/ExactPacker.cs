using Google.OrTools.Sat;

namespace Headroom.Oversubscription.Packing;

/// <summary>
/// The best plan there is, by constraint programming (OR-Tools CP-SAT): as many machines as possible, then as few hosts. Falls back to
/// first fit where the problem is too large or the search ends without a better plan.
/// </summary>
public sealed class ExactPacker : IPacker
{
    /// <summary>Machines times hosts above which no exact search is tried.</summary>
    public const int LargestProblem = 4_000;

    /// <summary>Thousandths of a core and of a GiB.</summary>
    private const double Scale = 1000;

    /// <summary>Effort of the search in the solver's own deterministic unit, roughly seconds: the same problem gets the same plan.</summary>
    private const double Effort = 5;

    private readonly FirstFitPacker _fallback = new();

    public string Name => "exact";

    public PackingPlan Pack(PackingProblem problem, CancellationToken cancellationToken)
    {
        var simple = _fallback.Pack(problem, cancellationToken);
        if (problem.Machines.Count == 0 || problem.Hosts.Count == 0 || problem.Machines.Count * problem.Hosts.Count > LargestProblem)
        {
            return simple;
        }

        var model = new CpModel();
        var places = problem.Machines
            .Select((_, machine) => problem.Hosts.Select((_, host) => model.NewBoolVar(FormattableString.Invariant($"machine{machine}host{host}"))).ToArray())
            .ToArray();
        var on = problem.Hosts.Select((host, index) => host.IsEmpty ? model.NewBoolVar(FormattableString.Invariant($"on{index}")) : null).ToArray();
        foreach (var (machine, choices) in places.Index())
        {
            model.AddAtMostOne(choices);
            foreach (var (host, choice) in choices.Index())
            {
                model.AddHint(choice, simple.Places[machine] == host);
                if (on[host] is { } isOn)
                {
                    model.AddImplication(choice, isOn);
                }
            }
        }

        foreach (var (host, bin) in problem.Hosts.Index())
        {
            for (var slot = 0; slot < SlotUse.Slots; slot++)
            {
                Limit(model, problem, places, host, machine => machine.Cores[slot], bin.Limit.Cores[slot] - bin.Staying.Cores[slot]);
                Limit(model, problem, places, host, machine => machine.Gibibytes[slot], bin.Limit.Gibibytes[slot] - bin.Staying.Gibibytes[slot]);
            }
        }

        // A machine placed is worth more than every host saved.
        var worth = problem.Hosts.Count + 1;
        model.Maximize((LinearExpr.Sum(places.SelectMany(choices => choices)) * worth) - LinearExpr.Sum(on.OfType<BoolVar>()));
        using var solver = new SolverScope(cancellationToken);
        var status = solver.Solve(model, FormattableString.Invariant($"max_deterministic_time:{Effort} num_search_workers:1 random_seed:1"));
        cancellationToken.ThrowIfCancellationRequested();
        return status is CpSolverStatus.Optimal or CpSolverStatus.Feasible
            ? new PackingPlan(Name, status == CpSolverStatus.Optimal, [.. places.Select(choices => Array.FindIndex(choices, solver.IsTrue) is var place and >= 0 ? place : (int?)null)])
            : simple;
    }

    private static void Limit(CpModel model, PackingProblem problem, BoolVar[][] places, int host, Func<SlotUse, double> need, double room) => model.Add(
        LinearExpr.WeightedSum(places.Select(choices => choices[host]), problem.Machines.Select(machine => (long)Math.Ceiling(need(machine.Need) * Scale)))
        <= (long)Math.Floor(Math.Max(0, room) * Scale));

    /// <summary>A solver that stops when the caller does.</summary>
    private sealed class SolverScope : IDisposable
    {
        private readonly CpSolver _solver = new();
        private readonly CancellationTokenRegistration _stop;

        public SolverScope(CancellationToken cancellationToken) => _stop = cancellationToken.Register(_solver.StopSearch);

        public CpSolverStatus Solve(CpModel model, string parameters)
        {
            _solver.StringParameters = parameters;
            return _solver.Solve(model);
        }

        public bool IsTrue(BoolVar variable) => _solver.BooleanValue(variable);

        public void Dispose() => _stop.Dispose();
    }
}
