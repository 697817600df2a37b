namespace Headroom.Oversubscription.Traces;

/// <summary>One virtual machine's use of one resource.</summary>
/// <param name="Id">Name within its trace.</param>
/// <param name="Requested">What it was promised, in the resource's unit.</param>
/// <param name="FirstWindow">Window of the trace in which it appears; before it, it uses nothing and was promised nothing.</param>
/// <param name="Used">Use per window from <paramref name="FirstWindow"/> on, in the resource's unit.</param>
public sealed record VmSeries(string Id, double Requested, int FirstWindow, float[] Used)
{
    /// <summary>Whether the machine exists in a window.</summary>
    public bool IsPresent(int window) => window >= FirstWindow && window < FirstWindow + Used.Length;

    /// <summary>Its use in a window; nothing where it does not exist.</summary>
    public double UsedAt(int window) => IsPresent(window) ? Used[window - FirstWindow] : 0;

    /// <summary>Its use in the windows [from, to) in which it exists.</summary>
    public ReadOnlySpan<float> Between(int from, int to)
    {
        var first = Math.Max(from - FirstWindow, 0);
        var last = Math.Min(to - FirstWindow, Used.Length);
        return first < last ? Used.AsSpan(first, last - first) : [];
    }
}
