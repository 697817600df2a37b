using System.IO.Enumeration;
using System.Runtime.InteropServices;

namespace Headroom.Agent.Files;

/// <summary>
/// The machine's files, by system calls: a failed read of a vanished process costs an error code, not an exception, and a
/// repeated read of an open file costs one <c>pread</c>.
/// </summary>
/// <param name="root">Folder under which <c>/proc</c> and <c>/sys</c> are looked for; <c>/</c> for this machine, <c>/host</c> in a container that mounts it there.</param>
internal sealed partial class LinuxFileSystem(string root = "/") : IFileSystem
{
    private const int ReadOnlyCloseOnExec = 0x80000;

    private static readonly EnumerationOptions AllEntries = new() { AttributesToSkip = 0, IgnoreInaccessible = false, ReturnSpecialDirectories = false };

    private readonly string _root = root.TrimEnd('/');

    public IOpenFile? Open(string path)
    {
        var descriptor = OpenCall(_root + path, ReadOnlyCloseOnExec);
        return descriptor < 0 ? null : new OpenFile(descriptor);
    }

    public bool Exists(string path) => Path.Exists(_root + path);

    public void List(string folder, ICollection<string> names) => Add(folder, names, foldersOnly: false);

    public void ListFolders(string folder, ICollection<string> names) => Add(folder, names, foldersOnly: true);

    public string? ReadLink(string path)
    {
        Span<byte> target = stackalloc byte[4096];
        var length = (int)ReadLinkCall(_root + path, target, (nuint)target.Length);
        return length <= 0 ? null : System.Text.Encoding.UTF8.GetString(target[..length]);
    }

    private void Add(string folder, ICollection<string> names, bool foldersOnly)
    {
        try
        {
            var entries = new FileSystemEnumerable<string>(_root + folder, (ref FileSystemEntry entry) => entry.FileName.ToString(), AllEntries)
            {
                ShouldIncludePredicate = (ref FileSystemEntry entry) => !foldersOnly || entry.IsDirectory,
            };
            foreach (var name in entries)
            {
                names.Add(name);
            }
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            // Absent and forbidden folders look the same to a collector: nothing to read there.
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenCall(string path, int flags);

    [LibraryImport("libc", EntryPoint = "pread")]
    private static partial nint ReadAtCall(int descriptor, Span<byte> buffer, nuint count, long offset);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseCall(int descriptor);

    [LibraryImport("libc", EntryPoint = "readlink", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint ReadLinkCall(string path, Span<byte> target, nuint size);

    private sealed class OpenFile(int descriptor) : IOpenFile
    {
        private int _descriptor = descriptor;

        public int Read(Span<byte> buffer, long offset) =>
            _descriptor < 0 ? -1 : (int)ReadAtCall(_descriptor, buffer, (nuint)buffer.Length, offset);

        public void Dispose()
        {
            if (_descriptor >= 0)
            {
                _ = CloseCall(_descriptor);
                _descriptor = -1;
            }
        }
    }
}
