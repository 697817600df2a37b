namespace Headroom.Oversubscription.Power.Rows;

/// <summary>A request whose prompt waits or runs.</summary>
internal readonly record struct PendingRequest(double ArrivesAt, RequestCost Cost);

/// <summary>First in, first out, in an array whose length is a power of two. A field of its server, since the simulator does little else than read it.</summary>
internal struct RequestRing()
{
    private PendingRequest[] _items = new PendingRequest[8];
    private int _head;

    public int Count { readonly get; private set; }

    public readonly ref readonly PendingRequest First => ref _items[_head];

    public void Add(in PendingRequest request)
    {
        if (Count == _items.Length)
        {
            var longer = new PendingRequest[2 * Count];
            for (var index = 0; index < Count; index++)
            {
                longer[index] = _items[(_head + index) & (_items.Length - 1)];
            }

            (_items, _head) = (longer, 0);
        }

        _items[(_head + Count++) & (_items.Length - 1)] = request;
    }

    public PendingRequest RemoveFirst()
    {
        var first = _items[_head];
        _head = (_head + 1) & (_items.Length - 1);
        Count--;
        return first;
    }
}
