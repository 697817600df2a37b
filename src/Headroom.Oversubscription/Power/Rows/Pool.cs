using System.Numerics;
using System.Numerics.Tensors;

namespace Headroom.Oversubscription.Power.Rows;

/// <summary>The servers of one priority behind a balancer that sends each request to the server with the fewest in flight, as it knew them at the last reading.</summary>
internal sealed class Pool
{
    private readonly RowLoad _load;
    private readonly RequestServer[] _servers;

    // Requests in flight above the server's number, so that the least key is the first of the idlest servers.
    private readonly int[] _keys;
    private readonly int _shift;
    private ServerClocks _clocks;
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
        (_load, _clocks) = (load, clocks);
        _servers = [.. Enumerable.Range(0, count).Select(_ => new RequestServer(load, clocks, start))];
        _keys = [.. Enumerable.Range(0, count)];
        _shift = BitOperations.Log2((uint)Math.Max(count, 1)) + 1;
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

        if (clocks != _clocks)
        {
            _clocks = clocks;
            foreach (var server in _servers)
            {
                server.Change(clocks);
            }
        }

        Dispatch(now, end, ratePerServer * _servers.Length);
        double energy = 0;
        for (var index = 0; index < _servers.Length; index++)
        {
            var server = _servers[index];
            energy += server.Advance(end, Tally);
            _keys[index] = (server.InFlight << _shift) | index;
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
            var key = TensorPrimitives.Min<int>(_keys);
            var server = key & ((1 << _shift) - 1);
            _keys[server] = key + (1 << _shift);
            _servers[server].Accept(arrival, _load.Requests[_random.NextIndex(_load.Requests.Length)], Tally);
        }
    }
}
