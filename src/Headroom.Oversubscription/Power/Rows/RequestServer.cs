namespace Headroom.Oversubscription.Power.Rows;

/// <summary>
/// One GPU server that batches continuously: prompts run one after the other and hold the token phase up, the token phase serves all its requests at
/// once. Advances from event to event (arrival, prompt done, answer done) with exact times between.
/// </summary>
internal sealed class RequestServer
{
    private readonly double _firstTokenSeconds;
    private readonly double _tokenSecondsPerRequest;
    private RequestRing _prompts = new();
    private AnswerList _answers = new();
    private ServerClocks _clocks;
    private double _doneAt = double.PositiveInfinity;
    private double _watts;
    private double _promptLeft;
    private double _tokens;
    private double _tokenSeconds;

    // Time at which the prompt's rest and the token count hold; both are brought up to date only when something happens.
    private double _asOf;

    // Time up to which energy is counted, and what was drawn since it was last asked for.
    private double _now;
    private double _energy;

    public RequestServer(RowLoad load, ServerClocks clocks, double start)
    {
        (_firstTokenSeconds, _tokenSecondsPerRequest) = (load.Profile.TokenSeconds, load.Profile.TokenSecondsPerRequest);
        (_clocks, _asOf, _now) = (clocks, start, start);
        Plan();
    }

    /// <summary>Requests accepted and not yet answered.</summary>
    public int InFlight => _prompts.Count + _answers.Count;

    /// <summary>Runs at other clocks from the time it has reached.</summary>
    public void Change(ServerClocks clocks)
    {
        Settle(_now);
        _clocks = clocks;
        Plan();
    }

    /// <summary>Moves to the arrival of a request and takes it; arrivals come in order.</summary>
    public void Accept(double arrivesAt, RequestCost cost, ServiceTally tally)
    {
        while (_doneAt <= arrivesAt)
        {
            Finish(tally);
        }

        MoveTo(arrivesAt);
        if (_prompts.Count == 0)
        {
            Settle(arrivesAt);
            _promptLeft = cost.PromptSeconds;
            _prompts.Add(new PendingRequest(arrivesAt, cost));
            Plan();
        }
        else
        {
            _prompts.Add(new PendingRequest(arrivesAt, cost));
        }
    }

    /// <summary>Moves to a time and returns the energy drawn since the last call, J.</summary>
    public double Advance(double end, ServiceTally tally)
    {
        while (_doneAt < end)
        {
            Finish(tally);
        }

        MoveTo(end);
        var energy = _energy;
        _energy = 0;
        return energy;
    }

    private void MoveTo(double time)
    {
        _energy += (time - _now) * _watts;
        _now = time;
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
            _tokenSeconds = (_firstTokenSeconds + (_tokenSecondsPerRequest * (_answers.Count - 1))) * _clocks.TokenSlowdown;
            _doneAt = _asOf + ((_answers.FirstDoneAt - _tokens) * _tokenSeconds);
            _watts = _clocks.TokenWatts;
        }
        else
        {
            _doneAt = double.PositiveInfinity;
            _watts = _clocks.IdleWatts;
        }
    }

    private void Finish(ServiceTally tally)
    {
        MoveTo(_doneAt);
        Settle(_doneAt);
        if (_prompts.Count > 0)
        {
            var prompt = _prompts.RemoveFirst();
            _answers.Add(_tokens + prompt.Cost.OutputTokens, prompt.ArrivesAt);
            tally.PromptDone(prompt.Cost.OutputTokens);
            _promptLeft = _prompts.Count > 0 ? _prompts.First.Cost.PromptSeconds : 0;
        }
        else
        {
            tally.AnswerDone(_now - _answers.RemoveFirst());
        }

        Plan();
    }
}
