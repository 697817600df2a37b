namespace Headroom.Oversubscription.Power.Rows;

/// <summary>Answers being written, by the token count at which each is done. All progress together, so that order never changes; a handful at a time, so that a sorted array beats a heap. A field of its server.</summary>
internal struct AnswerList()
{
    private double[] _doneAt = new double[16];
    private double[] _arrivedAt = new double[16];

    public int Count { readonly get; private set; }

    /// <summary>Token count at which the next answer is done.</summary>
    public readonly double FirstDoneAt => _doneAt[Count - 1];

    public void Add(double doneAt, double arrivedAt)
    {
        if (Count == _doneAt.Length)
        {
            Array.Resize(ref _doneAt, 2 * Count);
            Array.Resize(ref _arrivedAt, 2 * Count);
        }

        // Latest first: the next answer is taken from the end.
        var place = Count++;
        for (; place > 0 && _doneAt[place - 1] < doneAt; place--)
        {
            (_doneAt[place], _arrivedAt[place]) = (_doneAt[place - 1], _arrivedAt[place - 1]);
        }

        (_doneAt[place], _arrivedAt[place]) = (doneAt, arrivedAt);
    }

    /// <summary>Takes the next answer and returns when its request arrived, s.</summary>
    public double RemoveFirst() => _arrivedAt[--Count];
}
