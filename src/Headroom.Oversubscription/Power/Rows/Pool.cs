using System.Numerics.Tensors;

namespace Headroom.Oversubscription.Power.Rows;

/// <summary>The servers of one priority behind a balancer that sends each request to the server with the fewest in flight, as it knew them at the last reading.</summary>
internal sealed class Pool
{
    private readonly RowLoad _load;
    private readonly RequestServer[] _servers;
    private readonly int[] _inFlight;
    private Xoshiro _random;
    private double _untilArrival;

    /// <param name="load">Requests and what they cost.</param>
    /// <param name="count">Servers.</param>
    /// <param name="seed">Seed of the arrivals.</param>
    /// <param name="stream">Tells the pools of a row apart.</param>
    /// <param name="clocks">Speed and power to begin with.</param>
    /// <param name="start">Time to begin at, s.</param>
    public Pool(RowLoad load, int count, int seed, int stream, ServerClocks clocks, double start)
    {
        _load = load;
        _servers = [.. Enumerable.Range(0, count).Select(_ => new RequestServer(load, clocks, start))];
        _inFlight = new int[count];
        _random = new Xoshiro(seed, stream);
        _untilArrival = _random.NextExponential();
    }

    public ServiceTally Tally { get; set; } = new();

    /// <summary>Moves all servers from one time to another and returns the energy drawn, J.</summary>
    /// <param name="now">Start, s; where the call before ended.</param>
    /// <param name="end">End, s.</param>
    /// <param name="ratePerServer">Requests per second and server.</param>
    /// <param name="clocks">Speed and power.</param>
    public double Advance(double now, double end, double ratePerServer, ServerClocks clocks)
    {
        if (_servers.Length == 0)
        {
            return 0;
        }

        Dispatch(now, end, ratePerServer * _servers.Length);
        double energy = 0;
        for (var server = 0; server < _servers.Length; server++)
        {
            energy += _servers[server].Advance(now, end, clocks, Tally);
            _inFlight[server] = _servers[server].InFlight;
        }

        return energy;
    }

    private void Dispatch(double now, double end, double rate)
    {
        while (rate > 0)
        {
            var arrival = now + (_untilArrival / rate);
            if (arrival >= end)
            {
                _untilArrival -= (end - now) * rate;
                return;
            }

            now = arrival;
            _untilArrival = _random.NextExponential();
            var server = TensorPrimitives.IndexOfMin<int>(_inFlight);
            _inFlight[server]++;
            _servers[server].Accept(arrival, _load.Requests[_random.NextIndex(_load.Requests.Length)]);
        }
    }
}
