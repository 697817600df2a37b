namespace Headroom.Agent.Workloads.Tasks;

/// <summary>
/// How many threads may be read in one tick. A workload is read as a whole or not at all, so that its rates are right; who finds
/// the budget spent has its turn in a later tick. The first to ask is always served, or a large workload would never be.
/// </summary>
internal sealed class ThreadBudget(int perTick)
{
    private int _left;
    private bool _isUntouched;

    public void BeginTick() => (_left, _isUntouched) = (perTick, true);

    public bool TryTake(int threads)
    {
        if (perTick == 0 || (threads > _left && !_isUntouched))
        {
            return false;
        }

        _left -= threads;
        _isUntouched = false;
        return true;
    }
}
