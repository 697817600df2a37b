using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Headroom.Agent.Files;

/// <summary>
/// The machine's files, by system calls: a failed read of a vanished process costs an error code, not an exception, and a
/// repeated read of an open file costs one <c>pread</c>.
/// </summary>
/// <param name="root">Folder under which <c>/proc</c> and <c>/sys</c> are looked for; <c>/</c> for this machine, <c>/host</c> in a container that mounts it there.</param>
internal sealed partial class LinuxFileSystem(string root = "/") : IFileSystem
{
    private const int ReadOnlyCloseOnExec = 0x80000;

    private const int NameOffset = 19;
    private const byte UnknownKind = 0, FolderKind = 4, LinkKind = 10;

    private readonly string _root = root.TrimEnd('/');
    private readonly byte[] _entries = new byte[32 * 1024];

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
        return length <= 0 ? null : Encoding.UTF8.GetString(target[..length]);
    }

    /// <summary>
    /// Names and kinds come from the directory itself; a look at each entry would cost two system calls more, which for the
    /// descriptors of a busy server is most of what an agent uses.
    /// </summary>
    private void Add(string folder, ICollection<string> names, bool foldersOnly)
    {
        var descriptor = OpenCall(_root + folder, ReadOnlyCloseOnExec);
        if (descriptor < 0)
        {
            // Absent and forbidden folders look the same to a collector: nothing to read there.
            return;
        }

        try
        {
            int length;
            while ((length = (int)ReadFolderCall(descriptor, _entries, (nuint)_entries.Length)) > 0)
            {
                Add(folder, _entries.AsSpan(0, length), names, foldersOnly);
            }
        }
        finally
        {
            _ = CloseCall(descriptor);
        }
    }

    /// <summary>Reads <c>struct linux_dirent64</c>: inode (8 bytes), offset (8), length of the record (2), kind (1), name ending in zero.</summary>
    private void Add(string folder, ReadOnlySpan<byte> records, ICollection<string> names, bool foldersOnly)
    {
        while (records.Length > NameOffset)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(records[16..]);
            var kind = records[18];
            var name = records[NameOffset..length];
            name = name[..name.IndexOf((byte)0)];
            records = records[length..];
            if (name.SequenceEqual("."u8) || name.SequenceEqual(".."u8))
            {
                continue;
            }

            var text = Encoding.UTF8.GetString(name);
            if (!foldersOnly || kind == FolderKind || ((kind is UnknownKind or LinkKind) && Directory.Exists($"{_root}{folder}/{text}")))
            {
                names.Add(text);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenCall(string path, int flags);

    [LibraryImport("libc", EntryPoint = "pread")]
    private static partial nint ReadAtCall(int descriptor, Span<byte> buffer, nuint count, long offset);

    [LibraryImport("libc", EntryPoint = "getdents64")]
    private static partial nint ReadFolderCall(int descriptor, byte[] buffer, nuint count);

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
