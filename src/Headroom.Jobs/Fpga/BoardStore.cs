using Headroom.Fpga.Boards;
using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Fpga;

/// <summary>The known boards with those that users added.</summary>
public sealed class BoardStore(IDbContextFactory<HeadroomDbContext> contexts, IOptions<FpgaOptions> options, TimeProvider clock)
{
    public async Task<BoardCatalogue> ReadAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.FpgaBoards.AsNoTracking().OrderBy(board => board.Name).ToListAsync(cancellationToken);
        return new BoardCatalogue(rows.Select(row => new Board(row.Name, row.Part, new Headroom.Fpga.Boards.Capacity(row.Lut, row.FlipFlop, row.Dsp, row.BlockRam18, row.UltraRam), row.Source)));
    }

    /// <summary>Names of the boards that users added.</summary>
    public async Task<IReadOnlySet<string>> OwnNamesAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return (await context.FpgaBoards.Select(board => board.Name).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Adds a board or replaces the own one of this name. False when the limit of own boards is reached.</summary>
    public async Task<bool> SaveAsync(Board board, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.FpgaBoards.FirstOrDefaultAsync(known => known.Name == board.Name, cancellationToken);
        if (row is null)
        {
            if (await context.FpgaBoards.CountAsync(cancellationToken) >= options.Value.OwnBoards)
            {
                return false;
            }

            row = new FpgaBoardRow { Name = board.Name, Part = board.Part, Source = board.Source };
            context.FpgaBoards.Add(row);
        }

        (row.Part, row.Source, row.AddedAt) = (board.Part, board.Source, clock.GetUtcNow());
        (row.Lut, row.FlipFlop, row.Dsp, row.BlockRam18, row.UltraRam) = board.Capacity;
        await context.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>False when no user added a board of this name.</summary>
    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.FpgaBoards.Where(board => board.Name == name).ExecuteDeleteAsync(cancellationToken) > 0;
    }
}
