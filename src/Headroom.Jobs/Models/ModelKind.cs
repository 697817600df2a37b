using Headroom.Storage.Registry;

namespace Headroom.Jobs.Models;

/// <summary>How one model is read from its file and what the registry is to know of it.</summary>
/// <typeparam name="T">The model in memory.</typeparam>
/// <param name="Name">Its name in the registry, for example <c>fpga</c>.</param>
/// <param name="Read">Reads a file; throws <see cref="InvalidDataException"/> for one that does not fit.</param>
/// <param name="Shipped">The file that comes with the program, or null when none does.</param>
/// <param name="Describe">What its card says, as a version made by somebody.</param>
public sealed record ModelKind<T>(string Name, Func<byte[], T> Read, Func<byte[]?> Shipped, Func<T, byte[], string, NewModelVersion> Describe)
    where T : class;
