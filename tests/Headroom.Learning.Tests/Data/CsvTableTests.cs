using Headroom.Learning.Data;

namespace Headroom.Learning.Tests.Data;

public sealed class CsvTableTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Quotes_and_empty_cells_are_read()
    {
        File.WriteAllText(_path, "name,value\n\"a, \"\"b\"\"\",1.5\nc,\n");

        var table = CsvTable.Read(_path);

        Assert.Equal("a, \"b\"", table.Text(0, "name"));
        Assert.Equal(1.5, table.Number(0, "value"));
        Assert.Null(table.Number(1, "value"));
    }

    [Fact]
    public void Errors_name_file_row_and_column()
    {
        File.WriteAllText(_path, "name,value\nc,wide\n");
        var table = CsvTable.Read(_path);

        Assert.Contains("row 2, column value: expected a number, got 'wide'", Assert.Throws<InvalidDataException>(() => table.Number(0, "value")).Message, StringComparison.Ordinal);
        Assert.Contains("expected a column 'other', found name, value", Assert.Throws<InvalidDataException>(() => table.Column("other")).Message, StringComparison.Ordinal);
    }
}
