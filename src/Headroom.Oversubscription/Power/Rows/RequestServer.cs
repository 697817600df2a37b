namespace Headroom.Oversubscription.Power.Rows;

/// <summary>
/// One GPU server that batches continuously: prompts run one after the other and hold the token phase up, the token phase serves all its requests at
/// once. Advances from event to event (arrival, prompt done, answer done) with exact times between.
/// </summary>
internal sealed class RequestServer
{
    private readonly RowLoad _load;
    private readonly RequestRing _coming = new();
    private readonly RequestRing _prompts = new();
    private readonly AnswerList _answers = new();
    private ServerClocks _clocks;
    private double _doneAt = double.PositiveInfinity;
    private double _watts;
    private double _promptLeft;
    private double _tokens;
    private double _tokenSeconds;

    // Time at which the prompt's rest and the token count hold; both are brought up to date only when something happens.
    private double _asOf;

    public RequestServer(RowLoad load, ServerClocks clocks, double start)
    {
        (_load, _clocks, _asOf) = (load, clocks, start);
        Plan();
    }

    /// <summary>Requests accepted and not yet answered.</summary>
    public int InFlight => _coming.Count + _prompts.Count + _answers.Count;

    /// <summary>Takes a request that arrives before the end of the next <see cref="Advance"/>; arrivals come in order.</summary>
    public void Accept(double arrivesAt, RequestCost cost) => _coming.Add(new PendingRequest(arrivesAt, cost));

    /// <summary>Moves from one time to another and returns the energy drawn, J.</summary>
    public double Advance(double now, double end, ServerClocks clocks, ServiceTally tally)
    {
        if (clocks != _clocks)
        {
            Settle(now);
            _clocks = clocks;
            Plan();
        }

        double energy = 0;
        while (true)
        {
            var arrival = _coming.Count > 0 ? _coming.First.ArrivesAt : double.PositiveInfinity;
            var next = Math.Min(arrival, _doneAt);
            if (next >= end)
            {
                return energy + ((end - now) * _watts);
            }

            energy += (next - now) * _watts;
            now = next;
            if (_doneAt <= arrival)
            {
                Settle(now);
                Finish(now, tally);
                Plan();
            }
            else
            {
                Arrive(now);
            }
        }
    }

    private void Settle(double now)
    {
        if (_prompts.Count > 0)
        {
            _promptLeft -= (now - _asOf) * _clocks.PromptSpeed;
        }
        else if (_answers.Count > 0)
        {
            _tokens += (now - _asOf) / _tokenSeconds;
        }

        _asOf = now;
    }

    private void Plan()
    {
        if (_prompts.Count > 0)
        {
            _doneAt = _asOf + (_promptLeft / _clocks.PromptSpeed);
            _watts = _clocks.PromptWatts(_prompts.First.Cost.PromptShare);
        }
        else if (_answers.Count > 0)
        {
            _tokenSeconds = (_load.Profile.TokenSeconds + (_load.Profile.TokenSecondsPerRequest * (_answers.Count - 1))) * _clocks.TokenSlowdown;
            _doneAt = _asOf + ((_answers.FirstDoneAt - _tokens) * _tokenSeconds);
            _watts = _clocks.TokenWatts;
        }
        else
        {
            _doneAt = double.PositiveInfinity;
            _watts = _clocks.IdleWatts;
        }
    }

    private void Arrive(double now)
    {
        var arrived = _coming.RemoveFirst();
        if (_prompts.Count > 0)
        {
            _prompts.Add(arrived);
            return;
        }

        Settle(now);
        _promptLeft = arrived.Cost.PromptSeconds;
        _prompts.Add(arrived);
        Plan();
    }

    private void Finish(double now, ServiceTally tally)
    {
        if (_prompts.Count > 0)
        {
            var prompt = _prompts.RemoveFirst();
            _answers.Add(_tokens + prompt.Cost.OutputTokens, prompt.ArrivesAt);
            tally.PromptDone(prompt.Cost.OutputTokens);
            _promptLeft = _prompts.Count > 0 ? _prompts.First.Cost.PromptSeconds : 0;
        }
        else
        {
            tally.AnswerDone(now - _answers.RemoveFirst());
        }
    }
}
