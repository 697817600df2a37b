using System.Globalization;

namespace Headroom.Oversubscription.Power.Rows;

/// <summary>What the simulation takes for granted, in words for whoever reads its result.</summary>
public static class RowAssumptions
{
    public static IReadOnlyList<string> Of(RowSettings settings) =>
    [
        Say($"Row provisioned for {settings.ProvisionedServers} servers of {settings.Server.FullWatts} W; every further server brings as much load as the others."),
        Say($"Assumed: {settings.LowShare:P0} of the servers are low priority; requests go to the server with the fewest in flight."),
        Say($"Assumed: the row's minute means run from {settings.TraceTrough:P0} at night to {settings.TracePeak:P1} by day, chosen so that the provisioned row reads about 79 % at most, as published; bursts of {settings.Burst:P0} hit all servers together."),
        Say($"Assumed: GPU power above idle follows the clock to the power {settings.Server.PowerExponent}, prompts slow down as the clock, tokens with {settings.Server.TokenSensitivity:P0} of it: 20 % less peak for at most 7 % time at 1110 MHz, as published."),
        Say($"The meter reads means of {settings.MeterSeconds} s and is seen {settings.Polca.TelemetryDelaySeconds} s late; clocks hold {settings.Polca.CommandDelaySeconds} s after the command, the brake after {settings.Polca.BrakeDelaySeconds} s. Assumed: the brake lets go below T2 less the hysteresis."),
    ];

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
