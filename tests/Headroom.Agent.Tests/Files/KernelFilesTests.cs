using System.Text;
using Headroom.Agent.Files;

namespace Headroom.Agent.Tests.Files;

/// <summary>Files as the kernel hands them out: some lines at a time, at most a page.</summary>
public sealed class KernelFilesTests
{
    private const int PageBytes = 4096;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(500)]
    [InlineData(20_000)]
    public void A_file_is_read_whole_however_many_pages_it_takes(int lineCount)
    {
        var text = string.Concat(Enumerable.Range(0, lineCount).Select(line => $"{line} some words of a line\n"));
        var file = new PagedFile(text);
        var files = new KernelFiles(new OneFile(file));
        Assert.True(files.TryReadOnce("/proc/anything", out var content));
        Assert.Equal(text, Encoding.UTF8.GetString(content));
    }

    [Fact]
    public void A_short_file_costs_one_read()
    {
        var file = new PagedFile("42\n");
        var files = new KernelFiles(new OneFile(file));
        Assert.True(files.TryReadOnce("/sys/anything", out _));
        Assert.Equal(1, file.Reads);
    }

    private sealed class PagedFile(string text) : IOpenFile
    {
        private readonly byte[] _content = Encoding.UTF8.GetBytes(text);

        public int Reads { get; private set; }

        public int Read(Span<byte> buffer, long offset)
        {
            Reads++;
            var rest = _content.AsSpan((int)offset);
            var page = rest[..Math.Min(Math.Min(rest.Length, PageBytes), buffer.Length)];
            // Whole lines only, unless the reader's buffer ends within one.
            page = page.Length < rest.Length && page.Length == PageBytes ? page[..(page.LastIndexOf((byte)'\n') + 1)] : page;
            page.CopyTo(buffer);
            return page.Length;
        }

        public void Dispose()
        {
        }
    }

    private sealed class OneFile(IOpenFile file) : IFileSystem
    {
        public IOpenFile Open(string path) => file;

        public bool Exists(string path) => true;

        public void List(string folder, ICollection<string> names)
        {
        }

        public void ListFolders(string folder, ICollection<string> names)
        {
        }

        public string? ReadLink(string path) => null;
    }
}
