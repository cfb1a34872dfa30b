using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>Chunk boundaries at every length of a list, of its items and of what stands before it.</summary>
    [TestClass]
    public class ChunkBoundaryTests
    {
        [TestMethod]
        public void ListOfEveryLength_ArrivesWhole()
        {
            ChunkChecks.CheckListLengths(1);
        }

        [TestMethod]
        public void ItemsOfEveryLength_ArriveWhole()
        {
            ChunkChecks.CheckItemLengths(1);
        }

        [TestMethod]
        public void ValueOfEveryLengthBeforeAList_ShiftsItsBoundaries()
        {
            ChunkChecks.CheckShifts(12, 1);
        }

        [TestMethod]
        public void ValueOfEveryLengthBeforeAnEmptyList_LeavesItWhole()
        {
            ChunkChecks.CheckShifts(0, 1);
        }
    }
}
