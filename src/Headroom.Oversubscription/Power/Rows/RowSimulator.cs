using Headroom.Oversubscription.Power.Polca;

namespace Headroom.Oversubscription.Power.Rows;

/// <summary>
/// Discrete-event simulation of a row: between two readings of the meter every server runs from event to event by itself; the readings, the policy and
/// its commands join them. Deterministic for a scenario.
/// </summary>
public static class RowSimulator
{
    private const double WarmUpSeconds = 600;

    /// <summary>Runs a scenario to the end of its trace, or to the first brake.</summary>
    /// <param name="scenario">What to run.</param>
    /// <param name="stopAtBrake">End at the first brake: enough to know that a count of servers does not fit.</param>
    /// <param name="progress">Share done, 0 to 1.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public static RowResult Run(RowScenario scenario, bool stopAtBrake, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var settings = scenario.Settings;
        var tick = settings.MeterSeconds;
        var ticksPerMinute = Math.Max((int)Math.Round(60 / tick), 1);
        var commands = new RowCommands(scenario);
        var log = new RowLog(scenario, ticksPerMinute);
        var (low, high) = WarmPools(scenario, commands.Low);
        var state = scenario.Policy.Start(settings.Polca);
        var delayed = new Queue<double>();
        var delay = (int)Math.Round(settings.Polca.TelemetryDelaySeconds / tick);
        for (var minute = 0; minute < scenario.Trace.Minutes.Length; minute++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rate = scenario.Rates[minute];
            for (var part = 0; part < ticksPerMinute; part++)
            {
                var now = ((minute * ticksPerMinute) + part) * tick;
                commands.ApplyDue(now);
                var energy = low.Advance(now, now + tick, rate, commands.Low) + high.Advance(now, now + tick, rate, commands.High);
                var reading = energy / tick / settings.ProvisionedWatts;
                delayed.Enqueue(reading);
                var before = state.Level;
                if (delayed.Count > delay)
                {
                    state = scenario.Policy.Next(state, delayed.Dequeue(), now + tick, settings.Polca);
                    commands.Order(state.Plan, now + tick);
                }

                log.Add(reading, state.Level, braked: state.Level == PowerLevel.Brake && before != PowerLevel.Brake);
            }

            if (stopAtBrake && log.Brakes > 0)
            {
                break;
            }

            if (minute % 60 == 0)
            {
                progress?.Report(minute / (double)scenario.Trace.Minutes.Length);
            }
        }

        progress?.Report(1);
        return log.ToResult(high.Tally.ToService(), low.Tally.ToService());
    }

    // Servers that have run uncapped for ten minutes before the clock starts at 0: an empty row would rise as no real row does.
    private static (Pool Low, Pool High) WarmPools(RowScenario scenario, ServerClocks uncapped)
    {
        var lowCount = (int)Math.Round(scenario.Servers * scenario.Settings.LowShare);
        return (Warm(lowCount, stream: 0), Warm(scenario.Servers - lowCount, stream: 1));

        Pool Warm(int count, int stream)
        {
            var pool = new Pool(scenario.Load, count, scenario.Seed, stream, uncapped, -WarmUpSeconds);
            var rate = scenario.Curve.RateAt(scenario.Trace.Minutes[0]);
            for (var second = -WarmUpSeconds; second < 0; second++)
            {
                pool.Advance(second, second + 1, rate, uncapped);
            }

            pool.Tally = new ServiceTally();
            return pool;
        }
    }
}
