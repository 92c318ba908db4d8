@echo off
rem Finds a Python and lets it install; no administrator, no network. ASCII alone: letters beyond it garble.
setlocal
title uppsikt
set "HERE=%~dp0"
if not exist "%HERE%installera.py" goto packed
if not exist "%HERE%wheels\" goto packed

rem Python's own manager would otherwise fetch one from the network.
set "PYTHON_MANAGER_AUTOMATIC_INSTALL=0"
set "FITS=import sys, sysconfig; sys.exit(not ((3, 11) <= sys.version_info[:2] <= (3, 14) and sysconfig.get_platform() == 'win-amd64'))"
set "PYTHON="
for %%V in (3.14 3.13 3.12 3.11) do call :try py -%%V
call :try python
if not defined PYTHON goto missing

chcp 65001 >nul
%PYTHON% -X utf8 "%HERE%installera.py"
set "ENDED=%ERRORLEVEL%"
goto end

:packed
echo.
echo  Packa upp hela zip-filen innan du installerar:
echo  markera zip-filen, tryck Extrahera alla, och starta installera.cmd i den nya mappen.
set "ENDED=1"
goto end

:missing
chcp 65001 >nul
type "%HERE%texter\saknar-python.txt"
set "ENDED=1"

:end
echo.
if not defined UPPSIKT_QUIET pause
exit /b %ENDED%

:try
if defined PYTHON exit /b 0
%* -c "%FITS%" >nul 2>&1
if "%ERRORLEVEL%"=="0" set "PYTHON=%*"
exit /b 0
