using Headroom.Oversubscription.Power.Live;
using Headroom.Oversubscription.Power.Polca;
using Headroom.Oversubscription.Power.Rows;

namespace Headroom.Oversubscription.Tests.Power;

public sealed class LiveTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_best_sensor_counts_and_the_method_is_named()
    {
        var all = new HostSensors(300, 250, 150, 20, 60, 0.5);
        Assert.Equal((300, true), Known(all));
        Assert.Equal((310, true), Known(all with { Meter = null }));
        Assert.Equal((230, true), Known(all with { Meter = null, Platform = null }));
        Assert.Equal((275, false), Known(all with { Meter = null, Platform = null, Packages = null }));
        Assert.Null(HostPower.Of("h", new HostSensors(null, null, null, 20, 60, null), 80, 350).Watts);

        static (double, bool) Known(HostSensors sensors) => HostPower.Of("h", sensors, 80, 350) is var power ? (power.Watts!.Value, power.Measured) : default;
    }

    [Fact]
    public void The_controller_says_what_to_cap_and_when_to_let_it_go()
    {
        var controller = new RowController(new PolcaPolicy(), new PolcaSettings(), Start);
        Assert.Null(controller.Read(Start, 500, 1000));
        Assert.Equal("set low priority to 1275 MHz and high priority to 1410 MHz", controller.Read(Start.AddSeconds(5), 820, 1000)!.Text);
        Assert.Null(controller.Read(Start.AddSeconds(10), 780, 1000));
        Assert.Equal("let every GPU run at full clock", controller.Read(Start.AddSeconds(15), 700, 1000)!.Text);
        Assert.Equal("brake every GPU to 288 MHz", controller.Read(Start.AddSeconds(20), 1100, 1000)!.Text);
    }

    [Fact]
    public void A_request_out_of_range_is_told_what_was_expected()
    {
        Assert.Equal(["weeks: expected 0.01 to 12, got 99"], new PowerSimulationRequest { Weeks = 99 }.Problems());
        Assert.Empty(new PowerSimulationRequest().Problems());
    }

    [Fact]
    public void A_whole_simulation_answers_with_policies_risks_and_a_recommendation()
    {
        var steps = new List<double>();
        var answer = PowerSimulation.Run(
            new PowerSimulationRequest { Weeks = 0.02, Servers = 10, Provisioned = 10, Seeds = 2 }, datasets: null, new Steps(steps), TestContext.Current.CancellationToken);
        Assert.Equal(PowerPolicies.All.Select(policy => policy.Name), answer.Policies.Select(policy => policy.Policy));
        Assert.All(answer.Risks, risk => Assert.InRange(risk.Probability, risk.Lower, risk.Upper));
        Assert.True(answer.Recommended("POLCA")!.Servers >= 4);
        Assert.InRange(steps.Max(), 0.9, 1);
    }

    private sealed class Steps(List<double> seen) : IProgress<(double Share, string What)>
    {
        public void Report((double Share, string What) value)
        {
            lock (seen)
            {
                seen.Add(value.Share);
            }
        }
    }
}
