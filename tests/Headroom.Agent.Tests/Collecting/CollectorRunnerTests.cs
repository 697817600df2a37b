using Headroom.Agent.Collecting;
using Headroom.Agent.Tests.Host;

namespace Headroom.Agent.Tests.Collecting;

public sealed class CollectorRunnerTests
{
    [Fact]
    public void A_failing_collector_stops_no_other_and_is_logged_once_per_change()
    {
        var broken = new Scripted("broken", _ => throw new InvalidOperationException("no such luck"));
        using var machine = new MeasuredMachine(
            _ => broken,
            services => new Scripted("sound", context => context.Host.Set(services.Entities.Metric(Telemetry.Catalogue.EntityKind.Host, "system.uptime"), 5)));

        machine.Tick();
        machine.Tick();
        Assert.Equal(5f, machine.Host("system.uptime"));
        Assert.Single(machine.Log.Lines);
        Assert.Equal("broken: no such luck", Assert.Single(machine.Problems));

        broken.Script = _ => { };
        machine.Tick();
        Assert.Equal(2, machine.Log.Lines.Count);
        Assert.Empty(machine.Problems);
    }

    [Fact]
    public void Values_of_one_tick_do_not_live_on_in_the_next()
    {
        var once = new Scripted("once", context => context.Host.Set(0, 1));
        using var machine = new MeasuredMachine(_ => once);
        machine.Tick();
        Assert.Single(machine.Entities.Samples());

        once.Script = _ => { };
        machine.Tick();
        Assert.Empty(machine.Entities.Samples());
    }

    private sealed class Scripted(string name, Action<CollectionContext> script) : ICollector
    {
        public Action<CollectionContext> Script { get; set; } = script;

        public string Name => name;

        public void Collect(CollectionContext context) => Script(context);
    }
}
