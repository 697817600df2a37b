using Headroom.Jobs.Models;

namespace Headroom.Jobs.Tests.Models;

public sealed class ChampionSlotTests
{
    [Fact]
    public async Task A_model_that_was_swapped_out_is_gone_only_when_its_last_renter_is_done()
    {
        using var slot = new ChampionSlot<Model>();
        var (old, young) = (new Model(1), new Model(2));
        await slot.Swap(old, 1);
        var lease = slot.TryRent()!;
        var drained = slot.Swap(young, 2);

        Assert.False(old.IsGone);
        Assert.False(drained.IsCompleted);
        Assert.Equal(2, slot.TryRent()!.Model.Number);
        lease.Dispose();
        lease.Dispose();
        await drained.WaitAsync(TestContext.Current.CancellationToken);
        Assert.True(old.IsGone);
        Assert.False(young.IsGone);
    }

    [Fact]
    public async Task Under_load_and_swaps_nobody_ever_meets_a_model_that_is_gone_or_finds_none()
    {
        using var slot = new ChampionSlot<Model>();
        await slot.Swap(new Model(0), 0);
        using var stop = new CancellationTokenSource();
        var renters = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            var (rented, last) = (0L, 0);
            while (!stop.IsCancellationRequested)
            {
                using var lease = slot.TryRent();
                Assert.NotNull(lease);
                Assert.False(lease.Model.IsGone);
                Assert.Equal(lease.VersionId, lease.Model.Number);
                Assert.True(lease.Model.Number >= last, "an older model came back");
                last = lease.Model.Number;
                rented++;
            }

            return rented;
        })).ToArray();

        var drained = new List<Task>();
        foreach (var number in Enumerable.Range(1, 2_000))
        {
            drained.Add(slot.Swap(new Model(number), number));
        }

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(renters), rented => Assert.True(rented >= 0));
        await Task.WhenAll(drained).WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void An_empty_slot_has_nothing_to_rent_and_is_filled_once()
    {
        using var slot = new ChampionSlot<Model>();
        Assert.Null(slot.TryRent());
        slot.Fill(new Model(1));
        slot.Fill(new Model(2));
        Assert.Equal(1, slot.TryRent()!.Model.Number);
    }

    private sealed class Model(int number) : IDisposable
    {
        private volatile bool _gone;

        public int Number => number;

        public bool IsGone => _gone;

        public void Dispose() => _gone = true;
    }
}
