namespace Headroom.Oversubscription.Power.Rows;

/// <summary>Mean power of an uncapped server against its request rate, measured on a simulated pool; read backwards it turns a power trace into arrivals.</summary>
public sealed class LoadCurve
{
    private const int Points = 32;
    private const double LowestRate = 0.01;
    private const double HighestRate = 1.6;
    private const double SecondsPerPoint = 4000;
    private const double WarmUpSeconds = 200;

    private readonly double[] _rates;
    private readonly double[] _shares;

    private LoadCurve(double[] rates, double[] shares) => (_rates, _shares) = (rates, shares);

    /// <summary>Highest power the curve reaches, as a share of a server's full power.</summary>
    public double Highest => _shares[^1];

    public static LoadCurve Measure(RowLoad load, RowSettings settings, int seed)
    {
        var rates = Enumerable.Range(0, Points).Select(point => LowestRate * Math.Pow(HighestRate / LowestRate, point / (Points - 1.0))).ToArray();
        var shares = new double[Points];
        var clocks = new ServerClocks(load, settings.Server, 1);
        var servers = Math.Max(settings.ProvisionedServers / 2, 1);
        for (var point = 0; point < Points; point++)
        {
            var pool = new Pool(load, servers, seed, point + 2, clocks, 0);
            double energy = 0;
            for (double now = 0; now < SecondsPerPoint + WarmUpSeconds; now += settings.MeterSeconds)
            {
                var drawn = pool.Advance(now, now + settings.MeterSeconds, rates[point], clocks);
                energy += now >= WarmUpSeconds ? drawn : 0;
            }

            shares[point] = Math.Max(energy / SecondsPerPoint / servers / settings.Server.FullWatts, point == 0 ? 0 : shares[point - 1]);
        }

        return new LoadCurve(rates, shares);
    }

    /// <summary>Request rate per server at which a server draws this share of its full power, requests per second; the ends of the curve bound it.</summary>
    public double RateAt(double share)
    {
        var upper = Array.FindIndex(_shares, point => point >= share);
        return upper < 0 ? _rates[^1]
            : upper == 0 ? _rates[0]
            : _rates[upper - 1] + ((_rates[upper] - _rates[upper - 1]) * (share - _shares[upper - 1]) / (_shares[upper] - _shares[upper - 1]));
    }
}
